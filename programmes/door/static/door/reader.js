// What reads codes in a picture: the browser, where it can; else a reader of our own, which is fetched only then.
const WANTED = ["qr_code", "code_128", "code_39", "codabar", "ean_13"];

async function formatsOfBrowser() {
  if (!("BarcodeDetector" in window)) return [];
  return BarcodeDetector.getSupportedFormats().catch(() => []);
}

// `own`: addresses of our reader and of its WebAssembly, undefined where the service has none.
export async function findReader({ module, wasm }) {
  const able = await formatsOfBrowser();
  // Some phones without Google's services have the name and can do nothing.
  if (able.includes("qr_code")) {
    const formats = WANTED.filter((format) => able.includes(format));
    return async () => new BarcodeDetector({ formats });
  }
  if (!module || typeof WebAssembly !== "object") return null;
  return async () => {
    const { BarcodeDetector: Own, prepareZXingModule } = await import(module);
    await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
    return new Own({ formats: WANTED });
  };
}
