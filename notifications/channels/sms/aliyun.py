"""Sends by Alibaba Cloud's SMS service (Dysms, SendSms of 2017-05-25), signed as ACS3-HMAC-SHA256.

It knows no key that makes a second try the same SMS: `OutId` goes into its records alone. So a try that was cut off between
its taking and its answer may be sent twice, and only then.
"""

import hashlib
import hmac
import http.client
import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from kit import clock
from notifications.channels.contract import Permanent, Temporary
from notifications.channels.sms.contract import Sms
from notifications.rules.words import fitted

TIMEOUT = 10
LONGEST_ANSWER = 64_000
# What passes by itself, or once the operator has looked at the account: nothing that the number or the text is to blame for.
PASSING = frozenset(
    {
        "isv.BUSINESS_LIMIT_CONTROL",
        "isv.DAY_LIMIT_CONTROL",
        "isv.MONTH_LIMIT_CONTROL",
        "isv.AMOUNT_NOT_ENOUGH",
        "isv.OUT_OF_SERVICE",
        "isv.ACCOUNT_ABNORMAL",
        "isp.SYSTEM_ERROR",
        "isp.GATEWAY_TIMEOUT",
        "isp.RAM_PERMISSION_DENY",
        "SignatureNonceUsed",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "InvalidTimeStamp.Expired",
        "ServiceUnavailable",
        "InternalError",
    }
)
PASSING_BEGINNINGS = ("Throttling", "InvalidAccessKeyId", "Forbidden")


def send(sms: Sms) -> str:
    if not sms.template:
        raise Permanent("No template of the SMS provider is entered for this message (sms_templates).")
    query = {
        "PhoneNumbers": sms.to.removeprefix("+86").removeprefix("+"),
        "SignName": sms.signature,
        "TemplateCode": sms.template,
        "TemplateParam": json.dumps(
            {name: fitted(value) for name, value in sms.variables.items()}, ensure_ascii=False, sort_keys=True
        ),
        "OutId": sms.reference,
    }
    return _read(*_call(query))


def _call(query: Mapping[str, str]) -> tuple[int, bytes]:
    endpoint = urlsplit(settings.ALIYUN_SMS_ENDPOINT)
    maker = http.client.HTTPSConnection if endpoint.scheme == "https" else http.client.HTTPConnection
    line = maker(endpoint.netloc, timeout=TIMEOUT)
    words = canonical_query(query)
    try:
        line.request("POST", f"/?{words}", headers=signed_headers(endpoint.netloc, words))
        answer = line.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise Temporary(f"The SMS provider does not answer ({type(error).__name__}).") from error
    finally:
        line.close()


def canonical_query(query: Mapping[str, str]) -> str:
    return "&".join(f"{quote(name, safe='~')}={quote(query[name], safe='~')}" for name in sorted(query))


def signed_headers(host: str, query: str) -> dict[str, str]:
    nothing = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": host,
        "x-acs-action": "SendSms",
        "x-acs-content-sha256": nothing,
        "x-acs-date": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": "2017-05-25",
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = f"POST\n/\n{query}\n{lines}\n{names}\n{nothing}"
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(settings.ALIYUN_SMS_KEY_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={settings.ALIYUN_SMS_KEY_ID},SignedHeaders={names},Signature={signature}"
    return {**headers, "authorization": f"ACS3-HMAC-SHA256 {credential}"}


def _read(status: int, body: bytes) -> str:
    """Their words may hold the number, so only the code is kept."""
    try:
        answer: Any = json.loads(body)
        code = str(answer["Code"])[:60]
    except (ValueError, KeyError, TypeError):
        raise Temporary(f"The SMS provider answered {status} and nothing that can be read.") from None
    if code == "OK":
        return str(answer.get("BizId", ""))[:100]
    if status >= 500 or code in PASSING or code.startswith(PASSING_BEGINNINGS):
        raise Temporary(f"The SMS provider asks to try later ({code}).")
    raise Permanent(f"The SMS provider refused it ({code}).")
