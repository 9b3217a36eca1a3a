"""Words that belong to a news page and not to an article, in the languages news is mostly written in.

Each row holds first words and what must follow them. A pattern that a real sentence could begin with goes on to the
end or to words that only a page uses. All are matched against case-folded text.
"""

from __future__ import annotations

import re
from functools import cached_property

_END = r"\W*$"
_COLON = r"\s*(?::|：|\||»|>|→|$)\W*"

_FIRST_WORD = re.compile(r"(?:[^\w©]|_)*(©|[^\W_]+)")


class Table:
    """Rows of first words and what may follow them, looked up by the first word."""

    def __init__(self, *rows: tuple[str, str]) -> None:
        self._rows = rows

    def match(self, folded: str, word: str, end: int) -> re.Match[str] | None:
        """The match of what follows the first word; `word` and `end` are what `first_word` answers."""
        pattern = self._by_first_word.get(word)
        return pattern.match(folded, end) if pattern else None

    @cached_property
    def _by_first_word(self) -> dict[str, re.Pattern[str]]:
        rests: dict[str, list[str]] = {}
        for words, rest in self._rows:
            for word in words.split():
                rests.setdefault(word, []).append(rest)
        return {word: re.compile("|".join(found)) for word, found in rests.items()}


def first_word(folded: str) -> tuple[str, int]:
    """The first word of a case-folded text and the offset after it; an empty word if there is none."""
    space = folded.find(" ")
    if space > 0 and (word := folded[:space]).isalnum():  # as in most lines
        return word, space
    match = _FIRST_WORD.match(folded)
    return (match[1], match.end()) if match else ("", 0)


BLOCK_TITLES = Table(
    ("read", rf" (?:more|also){_COLON}"),
    ("also", rf" read{_COLON}"),
    ("see", rf" also{_COLON}"),
    ("related", rf"(?: articles| stories| news| topics| coverage)?{_COLON}"),
    ("more", rf" (?:on this (?:story|topic)|stories|from [^.]{{2,40}}?){_COLON}"),
    ("recommended", rf"(?: for you)?{_COLON}"),
    ("you", rf" may also like{_COLON}"),
    ("most", rf" (?:read|popular){_COLON}"),
    ("trending", rf"(?: now)?{_COLON}"),
    ("top", rf" stories{_COLON}"),
    ("editor editors", rf"(?:['’]s|['’])? picks?{_COLON}"),
    ("don", rf"['’]t miss{_COLON}"),
    ("further", rf" reading{_COLON}"),
    ("читайте читать", rf" также{_COLON}"),
    ("по", rf" теме{_COLON}"),
    ("материалы", rf" по теме{_COLON}"),
    ("lire à voir", rf" (?:lire )?aussi{_COLON}"),
    ("sur", rf" le même sujet{_COLON}"),
    ("lesen", rf" sie auch{_COLON}"),
    ("mehr", rf" zum thema{_COLON}"),
    ("siehe", rf" auch{_COLON}"),
    ("lea ver", rf" también{_COLON}"),
    ("le", rf" puede interesar{_COLON}"),
    ("leia veja", rf" (?:também|mais){_COLON}"),
    ("leggi", rf" anche{_COLON}"),
    ("czytaj", rf" (?:także|też){_COLON}"),
    ("ilgili", rf" haberler{_COLON}"),
    ("читайте", rf" (?:також|также){_COLON}"),
    ("اقرأ", rf" أيضاً?{_COLON}"),
    ("相关阅读 相关报道 延伸閱讀 関連記事 관련기사", _COLON),
)
PAGE_TEXT = Table(
    (
        "advertisement advertising sponsored anzeige werbung реклама publicité publicidad publicidade pubblicità "
        "reklama reklam 广告 廣告 広告 광고 إعلان",
        rf"(?: content)?(?:\s*[-–—]\s*(?:scroll|continue|story)[^.]{{0,60}})?{_END}",
    ),
    ("advertisement sponsored anzeige werbung реклама publicité publicidad", r"(?: content| feature)?\s*:\s"),
    ("story article", r" continues (?:below|after)"),
    ("continue keep", rf" reading(?: below)?(?: the main story)?{_END}"),
    (
        "for",
        r" (?:all )?(?:the )?(?:latest|more|breaking) (?:headlines|news|updates|stories)[^.]{0,60}"
        r"\b(?:follow|visit|download|subscribe|sign up|click|check out|join|go to)\b",
    ),
    ("follow like join", r" (?:us|our)\b[^.]{0,80}\b(?:on|via|channel|page|app|feed)\b"),
    ("follow", r" [\w ]{2,40} on (?:google news|twitter|x|facebook|instagram|telegram|whatsapp|youtube|linkedin)\b"),
    (
        "subscribe sign signup register",
        r"(?: up)?\b[^.,]{0,120}\b(?:newsletters?|channel|inbox|podcast|alerts|briefing|e-?mail)\b",
    ),
    (
        "subscribe sign log register",
        rf"(?: up| in)?(?: now| here| today| for free| to (?:read|continue)[^.]{{0,40}})?{_END}",
    ),
    ("get", r" (?:the|our|all the) [^.]{0,60}\b(?:in|to) your (?:inbox|e-?mail)\b"),
    ("click tap", r" here\b"),
    ("share print email save tweet", rf"(?: this)?(?: (?:article|story|post|page))?(?: on [\w, ]{{1,60}})?{_END}"),
    ("comments comment loading menu search", _END),
    ("leave", rf" a comment{_END}"),
    ("skip", rf" to (?:main )?content{_END}"),
    ("back", rf" to top{_END}"),
    (
        "read",
        r" more (?:about|on|at|here|from|in our)\b[^.]{0,60}\b(?:here|website|site|page|app|coverage|newsletter)\b",
    ),
    ("read", rf" (?:the )?(?:full|original) (?:story|article)\b[^.]{{0,60}}{_END}"),
    ("listen", rf" to this (?:article|story)\b[^.]{{0,40}}{_END}"),
    ("1 2 3 4 5 6 7 8 9 10 11 12 15", rf"[- ]min(?:ute)?s? read{_END}"),
    ("download", r" (?:our|the) [^.]{0,30}\bapp\b"),
    ("support donate help", r"(?: to)? (?:our|us|independent) [^.]{0,30}\bjournalism\b"),
    ("translated", r" (?:from|by) [^,]{1,160}$"),
    ("copyright", r"\s*(?:©|\(c\)|[0-9]{4})"),
    ("©", ""),
    ("c", r"\) [0-9]{4}"),
    ("all", rf" rights reserved{_END}"),
    ("все", rf" права защищены{_END}"),
    ("tous", rf" droits réservés{_END}"),
    ("alle", rf" rechte vorbehalten{_END}"),
    ("todos", rf" (?:los derechos|os direitos) reservados{_END}"),
    ("tutti", rf" i diritti riservati{_END}"),
    (
        "this",
        r" (?:story|article|report|post|page) (?:has been|was|is being) (?:automatically )?"
        r"(?:updated|corrected|amended|originally published|first published|machine[- ]translated)\b",
    ),
    ("this", r" (?:story|article|post) (?:originally|first) appeared\b"),
    ("this", r" is a (?:developing|breaking)(?: news)? story\b"),
    ("more", rf" to (?:follow|come){_END}"),
    ("we", r" use cookies\b"),
    ("this", r" (?:site|website|page) uses cookies\b"),
    ("accept manage", r"(?: all)? cookies\b"),
    (
        "by",
        r" (?:continuing|using|browsing|clicking)\b[^.]{0,80}\b(?:cookies|privacy policy|terms of (?:use|service))\b",
    ),
    ("подписывайтесь подпишитесь", r" на\b"),
    ("следите", r" за нашими\b"),
    ("suivez", r"[- ]nous\b"),
    ("abonnez", r"-vous\b"),
    ("inscrivez", r"-vous à (?:notre|la) newsletter"),
    ("ce", r" site utilise des cookies"),
    ("folgen abonnieren", r" sie (?:uns|unseren)\b"),
    ("diese", r" (?:seite|website) verwendet cookies"),
    ("síganos síguenos suscríbete suscríbase seguici", ""),
    ("assine", r" (?:a )?nossa\b"),
    ("iscriviti", r" alla newsletter"),
    ("підписуйтесь", r" на\b"),
    ("bizi", r" takip edin"),
    ("śledź", r" nas\b"),
    ("تابعونا 关注我们 フォローする 구독", ""),
)
PUBLICATION = Table(
    (
        "published posted updated опубликовано обновлено publié veröffentlicht aktualisiert publicado actualizado "
        "pubblicato aggiornato 发布时间 更新 公開 入力 입력 수정 등록",
        r"\b[^\n]{0,80}$",
    ),
    ("last", r" (?:updated|modified)\b[^\n]{0,80}$"),
    ("mis", r" à jour\b[^\n]{0,80}$"),
)
