"""Which browsers stand inside an app, and what is none, by what they call themselves."""

from __future__ import annotations

import pytest

from assessment.web.arriving import A_PROGRAM, INSIDE_AN_APP

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko)"
)
WEBVIEW = (
    "Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.193 Mobile Safari/537.36"
)
ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"

INSIDE = {
    "Facebook, Android": f"{WEBVIEW} [FB_IAB/FB4A;FBAV/440.0.0.32.105;]",
    "Facebook, iPhone": f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0.30.107;FBBV/532167912;"
    "FBDV/iPhone13,2;FBMD/iPhone;FBSN/iOS;FBSV/17.1.1;FBSS/3;FBID/phone;FBLC/en_GB;FBOP/5]",
    "Messenger, Android": f"{WEBVIEW} [FB_IAB/Orca-Android;FBAV/433.0.0.29.113;]",
    "Messenger, iPhone": f"{IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/433.0.0.26.107;]",
    "Instagram, Android": f"{WEBVIEW} Instagram 309.1.0.41.113 Android (33/13; 450dpi; 1080x2177; "
    "samsung; SM-A536B; a53x; s5e8825; en_GB; 541635890)",
    "Instagram, iPhone": f"{IPHONE} Mobile/15E148 Instagram 309.1.1.28.108 (iPhone14,5; iOS "
    "17_1_1; en_GB; en-GB; scale=3.00; 1170x2532; 537288535)",
    "TikTok, Android": f"{WEBVIEW} musical_ly_2023201040 JsSdk/1.0 NetType/WIFI Channel/googleplay "
    "AppName/musical_ly app_version/32.1.4 ByteLocale/en BytedanceWebview/d8a21c6",
    "TikTok, iPhone": f"{IPHONE} Mobile/15E148 musical_ly_32.1.0 JsSdk/2.0 NetType/WIFI "
    "Channel/App Store ByteLocale/en Region/GB isDarkMode/0 WKWebView/1 BytedanceWebview/d8a21c6",
    "TikTok in Asia, iPhone": f"{IPHONE} Mobile/15E148 trill_32.1.0 BytedanceWebview/d8a21c6",
    "Telegram, Android": f"{WEBVIEW} Telegram-Android/10.14.5 (Samsung SM-A536B; Android 13; SDK "
    "33; AVERAGE)",
    "Telegram, Android, without its mark": f"{ANDROID} Version/4.0 Chrome/119.0.6045.193 Mobile "
    "Safari/537.36 Telegram-Android/11.3.4 (Samsung SM-A536B; Android 13; SDK 33; AVERAGE)",
    "any app on an iPhone, such as Telegram": f"{IPHONE} Mobile/15E148",
    "any app on an iPad": "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148",
    "any app on Android": WEBVIEW,
    "Line, Android": f"{WEBVIEW} Line/13.19.1/IAB",
    "Line, iPhone": f"{IPHONE} Mobile/15E148 Safari Line/13.19.1",
    "WeChat, Android": f"{WEBVIEW} XWEB/1160027 MMWEBSDK/20231002 MicroMessenger/8.0.43.2480 "
    "WeChat/arm64 Weixin NetType/WIFI Language/en ABI/arm64",
    "WeChat, iPhone": f"{IPHONE} Mobile/15E148 MicroMessenger/8.0.43(0x18002b2f) NetType/WIFI "
    "Language/en",
    "Google, iPhone": f"{IPHONE} GSA/291.0.585233374 Mobile/15E148 Safari/604.1",
    "Google, Android": f"{WEBVIEW} GSA/14.47.25.28.arm64",
    "LinkedIn, iPhone": f"{IPHONE} Mobile/15E148 [LinkedInApp]/9.28.7586",
    "LinkedIn, Android": f"{WEBVIEW} [LinkedInApp]/4.1.881",
    "Snapchat, iPhone": f"{IPHONE} Version/17.1 Mobile/15E148 Snapchat/12.60.0.41 (like "
    "Safari/8616.2.9.10.9, panda)",
    "Snapchat, Android": f"{WEBVIEW} Snapchat/12.60.0.41 (SM-A536B; Android 13#A536B; gzip; )",
    "X, iPhone": f"{IPHONE} Mobile/15E148 Twitter for iPhone/10.15",
    "Pinterest, iPhone": f"{IPHONE} Mobile/15E148 [Pinterest/iOS]",
}
#: WhatsApp, Signal, SMS and Gmail on Android open a link in one of these.
OUTSIDE = {
    "Chrome, Android": f"{ANDROID} Chrome/119.0.0.0 Mobile Safari/537.36",
    "Chrome, a reduced name": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
    "Chrome, iPhone": f"{IPHONE} CriOS/119.0.6045.169 Mobile/15E148 Safari/604.1",
    "Chrome, Windows": f"{WINDOWS} Chrome/119.0.0.0 Safari/537.36",
    "Chrome, ChromeOS": "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Chrome/119.0.0.0 Safari/537.36",
    "Safari, iPhone": f"{IPHONE} Version/17.1 Mobile/15E148 Safari/604.1",
    "Safari, old iPad": "Mozilla/5.0 (iPad; CPU OS 9_3_5 like Mac OS X) AppleWebKit/601.1.46 "
    "(KHTML, like Gecko) Version/9.0 Mobile/13G36 Safari/601.1",
    "Safari, Mac and iPad": f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 "
    "Safari/605.1.15",
    "Firefox, Android": "Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0",
    "Firefox, iPhone": f"{IPHONE} FxiOS/119.0 Mobile/15E148 Safari/605.1.15",
    "Firefox, Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 "
    "Firefox/120.0",
    "Firefox, Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
    "Samsung Internet": "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A536B) AppleWebKit/537.36 "
    "(KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36",
    "Edge, Windows": f"{WINDOWS} Chrome/119.0.0.0 Safari/537.36 Edg/119.0.2151.72",
    "Edge, Android": f"{ANDROID} Chrome/119.0.0.0 Mobile Safari/537.36 EdgA/119.0.2151.78",
    "Edge, iPhone": f"{IPHONE} Version/17.0 EdgiOS/119.0.2151.65 Mobile/15E148 Safari/605.1.15",
    "Opera, Android": f"{ANDROID} Chrome/117.0.0.0 Mobile Safari/537.36 OPR/78.4.4143.75559",
    "DuckDuckGo, iPhone": f"{IPHONE} Version/17.1 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
}
PREVIEWS = {
    "WhatsApp and Signal": "WhatsApp/2.23.20.0 A",
    "Facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Messages on an iPhone": f"{MAC} AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
    "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Teams": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "nothing": "",
}


@pytest.mark.parametrize("name", INSIDE)
def test_a_browser_inside_an_app_is_known(name: str) -> None:
    assert INSIDE_AN_APP.search(INSIDE[name])


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_browser_of_its_own_is_not_taken_for_one(name: str) -> None:
    assert not INSIDE_AN_APP.search(OUTSIDE[name])


@pytest.mark.parametrize("name", PREVIEWS)
def test_a_program_that_makes_a_preview_is_no_browser(name: str) -> None:
    assert A_PROGRAM.search(PREVIEWS[name])


@pytest.mark.parametrize("name", [*INSIDE, *OUTSIDE])
def test_no_browser_is_taken_for_a_program(name: str) -> None:
    assert not A_PROGRAM.search((INSIDE | OUTSIDE)[name])
