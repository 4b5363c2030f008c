"""Every setting of the service, read from the environment once. docs/reference/settings.md lists them."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config.databases import database
from config.env import env, stage
from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent

# --- The stage and the process -------------------------------------------------------------
STAGE = stage
IS_PRODUCTION = STAGE == "production"
IS_DEMO = STAGE == "demo"
# Which job this process does: it picks the database role and what is loaded.
PROCESS = env.choice("PROCESS", "web", {"web", "relay", "worker", "beat", "migrate", "operator"})
DEBUG = False
PORT = env.number("PORT", 8000)
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

# --- Logs and figures about the service itself ---------------------------------------------
LOGGING = logging_config(readable=not IS_PRODUCTION)
METRICS_TOKEN = env.secret("METRICS_TOKEN", "")

# --- Secrets -------------------------------------------------------------------------------
SECRET_KEY = env.secret("SECRET_KEY", demo="demo-only-not-a-secret-" + "x" * 40)
# name:base64 of 32 bytes, newest first; older ones stay until everything is sealed anew.
DATA_KEYS = env.secret("DATA_KEYS", demo="demo:ZGVtby1vbmx5LW5vdC1hLXNlY3JldC1kZW1vLWtleSE=").split()
# base64 of 32 bytes; never changes, since every blind index is made with it.
INDEX_KEY = env.secret("INDEX_KEY", demo="ZGVtby1vbmx5LW5vdC1hLXNlY3JldC1pbmRleC1rZXk=")
DATA_CIPHER = env.choice("DATA_CIPHER", "aes256gcm", {"aes256gcm", "sm4gcm"})

# --- Database ------------------------------------------------------------------------------
# The web role owns nothing; migrations run as the owner (PROCESS=migrate).
_DATABASE_URL = (
    env.secret("DATABASE_OWNER_URL", demo="postgresql://siji_owner@127.0.0.1:1/siji")
    if PROCESS == "migrate"
    else env.secret("DATABASE_URL", demo="postgresql://siji_web@127.0.0.1:1/siji")
)
DATABASES = {"default": database(_DATABASE_URL)}
DATABASE_WEB_ROLE = env.text("DATABASE_WEB_ROLE", "siji_web")
# LISTEN needs a connection of its own, outside any pooler.
DATABASE_LISTEN_URL = env.secret("DATABASE_LISTEN_URL", "") or _DATABASE_URL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Queue and cache -----------------------------------------------------------------------
REDIS_URL = env.secret("REDIS_URL", "")
CELERY_BROKER_URL = env.secret("CELERY_BROKER_URL", "") or REDIS_URL
# So long a process may say again what hundreds ask in the same moment. Tests ask once, and look at once.
RUSH_SECONDS = 0.0 if STAGE == "test" else 1.0
# What wakes the workers after a commit; the rows in the database are what they work from.
FACTS_BELL = "config.celery.ring" if CELERY_BROKER_URL else "networks.engine.bell.notify"
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "config.cache.PostgresCache", "LOCATION": "networks_cacheentry"}
    ),
    # What is known of pictures in their sizes stands in the database; a page asks for all of its own at once.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# --- Applications --------------------------------------------------------------------------
INSTALLED_APPS = [
    "cms",
    "programmes.door",
    "programmes.signup",
    "programmes.planning",
    "venues",
    "notifications",
    "people",
    "networks",
    "kit",
    "config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

# The network is known before a session or a person is looked up: both belong to it.
MIDDLEWARE = [
    "config.middleware.health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.request_log",
    "config.page_cache.anonymous_pages",
    "networks.middleware.network_of_host",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language_of_reader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.sessions.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.PolicyForPages",
    "cms.middleware.policy_for_editors",
    "cms.middleware.editors_by_right",
    "cms.middleware.own_pages_only",
    "cms.middleware.site_of_network",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.too_many_requests",
    "config.middleware.pages_for_forms_only",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "people.middleware.last_seen",
    "people.middleware.second_factor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "networks.views.network_context",
                "kit.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "kit.templatetags.ui"],
        },
    },
]

FORM_RENDERER = "kit.forms.FormRenderer"

# --- Language and time ---------------------------------------------------------------------
# Source strings are British English; the product speaks Simplified Chinese first.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# Only a fallback: each network has its own time zone.
TIME_ZONE = "Asia/Shanghai"

# --- Hosts and HTTPS -----------------------------------------------------------------------
# A city opens in minutes, so hosts are rows (NetworkHost); unknown ones are 404 before anything else.
ALLOWED_HOSTS = ["*"]
# The operator's own home, made by `manage.py open_operator`; without it nobody could open a first city.
OPERATOR_HOST = env.text("OPERATOR_HOST", demo="operator.localhost")
USE_X_FORWARDED_HOST = False
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"

# Cookies ignore ports, so demos that run side by side carry theirs in the name.
_COOKIE_PREFIX = "__Host-" if IS_PRODUCTION else f"p{PORT}-"
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}session"
DEVICE_COOKIE_NAME = f"{_COOKIE_PREFIX}device"
DESK_DEVICE_COOKIE_NAME = f"{_COOKIE_PREFIX}desk"
PRESENCE_COOKIE_NAME = f"{_COOKIE_PREFIX}here"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{_COOKIE_PREFIX}language"
LARGE_TYPE_COOKIE_NAME = f"{_COOKIE_PREFIX}type"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=90).total_seconds())
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    },
}

# --- Files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
# What browsers get from npm, each folder under a name of its own; without npm nothing is there, and pages say so.
_FROM_NPM = {
    "npm/barcode-detector": BASE_DIR / "node_modules/barcode-detector/dist/es",
    "npm/zxing-wasm": BASE_DIR / "node_modules/zxing-wasm/dist/reader",
}
STATICFILES_DIRS = [(name, folder) for name, folder in _FROM_NPM.items() if folder.is_dir()]
# Reads codes for browsers that cannot: installed here, or collected when the image was built.
CODE_READER, CODE_READER_WASM = "npm/barcode-detector/ponyfill.js", "npm/zxing-wasm/zxing_reader.wasm"
HAS_CODE_READER = len(STATICFILES_DIRS) == len(_FROM_NPM) or (STATIC_ROOT / CODE_READER_WASM).is_file()
# Pages that may run it: it is WebAssembly.
CODE_READER_PATHS = ("/desk/",)
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Files without an address: a view with a door hands them out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if STAGE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
# Tests read static files where they lie; nothing is collected for them.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STAGE == "test"

# --- People and sign-in --------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["config.sessions.PersonBackend"]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "people:me"
LOGOUT_REDIRECT_URL = "/"
# Off in the demo alone; a system check holds production to it.
SECOND_FACTOR_NEEDED = not IS_DEMO

ACCOUNT_ADAPTER = "config.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# Codes of 5 minutes are asked for again on the same page.
ACCOUNT_LOGIN_TIMEOUT = 3600
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Addresses are counted by people.rules.codes: a library's Wi-Fi is one address. These are allauth's own, for
# second factors; each is about one person.
ACCOUNT_RATE_LIMITS = {"login_failed": "300/m/ip,5/5m/key", "reauthenticate": "10/m/user", "verify_phone": None}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "config.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.SecondFactorForm",
    "reauthenticate": "people.forms.SecondFactorAgainForm",
    "activate_totp": "people.forms.NewAppForm",
    "add_webauthn": "people.forms.NewPasskeyForm",
    "edit_webauthn": "people.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys on http://….localhost, which is where the demo lives.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
# One parent domain for the passkeys of all hosts; by default each host has its own.
PASSKEY_DOMAIN = env.text("PASSKEY_DOMAIN", "")

# --- Messages to people --------------------------------------------------------------------
# "demo" shows every SMS at /dev/phone/. Production names a provider; without one, nobody can sign in by SMS.
SMS_PROVIDER = env.text("SMS_PROVIDER", "", demo="demo")
# With SMS_PROVIDER=aliyun.
ALIYUN_SMS_KEY_ID = env.text("ALIYUN_SMS_KEY_ID", "")
ALIYUN_SMS_KEY_SECRET = env.secret("ALIYUN_SMS_KEY_SECRET", "")
ALIYUN_SMS_ENDPOINT = env.text("ALIYUN_SMS_ENDPOINT", "https://dysmsapi.aliyuncs.com")
# Secrets of service accounts at WeChat, each as network:secret; the app ID is a rule of the network.
WECHAT_SECRETS = env.secret("WECHAT_SECRETS", "").split()
WECHAT_ENDPOINT = env.text("WECHAT_ENDPOINT", "https://api.weixin.qq.com")
EMAIL_HOST = env.text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_STARTTLS", default=IS_PRODUCTION)
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", demo="siji@localhost.localdomain")

# --- Wagtail -------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Siji"
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.picture_form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 75
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
# Addresses are pinyin: they stay short in links and codes.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
# One workflow would serve all libraries; their own come with the page types.
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
# No call to a host outside.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
