"""The marks of a chat, of our own request and of a reply, by which a text passes for something else than an article."""

from __future__ import annotations

import re

from summarise.article.pattern_parts import any_of

_SPEAKER_SIGNS = (
    r"<!--",  # of a comment that is not closed: a page shows nothing behind it
    r"</?(?:visits?|visitors?|invitations?|invitees?|inviters?|records?|officials?|"
    r"evidence)(?:\s+\w+=[^>\n]{0,200})?/?>",
    r"<\|[^|>\n]{1,40}\|>",
    r"\|(?:im_start|im_end|system|user|assistant|end)\|",
    r"\[/?(?:INST|system|assistant|instructions?|developer|user)(?: \w+)?\]",
    r"<</?SYS>>",
    r"<(?:start|end)_of_turn>",
    r"\{\{\s*(?:system|assistant|user|prompt)[^}\n]{0,20}\}\}",
    r"</?(?:system|assistant|user|human|developer|instructions?|prompt|tool_call|tool_response|function_calls?|think|"
    r"thinking|"
    r"reasoning|system[-_]\w+)(?:\s[^>\n]{0,60})?>",
    r"#{1,6} *(?:system|instructions?|response|assistant|user|human|prompt|new instructions?|developer|input|output)\b"
    r"(?: (?:prompt|message|override))?\s*:",
    r"#{1,6} *(?:system|instructions?|prompt|assistant)\b(?: (?:prompt|message|override))?\s*(?=\n|$)",
    r"[-=*#<\[~_]{2,} *(?:begin|end|start|stop) *(?:of )?(?:the )?(?:system|prompt|instructions?|data|input|context|"
    r"user|"
    r"assistant|output|conversation|untrusted)\b[^\n]{0,30}",
    r"[<\[](?:begin|end|start|stop)[ _-]*(?:of[ _-])?(?:the[ _-])?(?:system|prompt|instructions?|data|input|context|"
    r"user|"
    r"assistant|output|conversation|untrusted)\b[^\n]{0,30}?[\]>]",
)
_SPEAKER_WORDS = (
    r"(?:system|assistant|developer|tool|function|admin)[ _]?(?:prompt|message|override|instructions?|command|"
    r"directive|update)s?"
    r"\s*[*_\]]{0,2}\s*[:>=]",
    r"(?-i:system|SYSTEM|assistant|ASSISTANT|developer|DEVELOPER)\s*[*_\]]{0,2}\s*:",
    r"(?-i:(?:BEGIN|END) (?:OF )?(?:THE )?(?:SYSTEM|PROMPT|INSTRUCTIONS?|DATA|INPUT|CONTEXT)\b)",
    r"(?:system|agent|tool|model|bot)[ _](?:notes?|notices?|results?|response)\s*[)\]]?\s*[:)\]–—]",
    r"(?-i:(?:SYSTEM|AGENT|TOOL|ASSISTANT|MODEL) (?:NOTICE|NOTE|RESULT|MESSAGE|OUTPUT)\b)",
    r"(?-i:SYSTEM) ?[–—-]",
    r"system\s*:\s*(?:the following|(?:this is )?verified|you are|from now on)\b",
)
_ENDS_OF_COPY = (
    r"[-=*#<\[~_]{2,} *(?:begin|end|start) *(?:of )?(?:the )?(?:text of |full text of )?(?:article|document|text|news|"
    r"story|statement)\b[^\n]{0,30}",
    r"[<\[](?:begin|end|start|stop)[ _-]*(?:of[ _-])?(?:the[ _-])?(?:article|document|text|news)\b[^\n]{0,30}?[\]>]",
    r"(?-i:(?:BEGIN|END) (?:OF )?(?:THE )?(?:ARTICLE|DOCUMENT)\b)",
)
_MARKS_OF_REQUEST = (
    r"sentences? \d{1,4}\s*\(boilerplate\)\s*:",
    r"</?article[-_][0-9a-f]{4,}>?",
    r"\[\s*\d{1,5}\s+boilerplate\s*\]",
    r"sentences? \d+(?: to \d+)? (?:is|are) not shown\)",
    r"reference date(?: \(published\))?\s*:",
    r"your answer was checked against the article|these points do not hold:|answer again with the whole json object",
)
"""What frames an article in the request: its tag, its sentence numbers, its header, the complaint behind it."""

_REPLY = (
    r"(?:visits|visitors|invitations|invitees|inviters|officials|possible_dates|evidence|hosts|focus|tenure)\s*"
    r"(?:[\"'“”‘’`]\s*[:=]|[:=]\s*[\[{])"
)
"""A piece of a reply: one of its keys, and what follows a key."""

SPEAKER_SIGN = re.compile(any_of(_SPEAKER_SIGNS), re.IGNORECASE)
"""A mark of who speaks in a chat with a model, to be matched at a sign."""

END_OF_COPY = re.compile(any_of(_ENDS_OF_COPY), re.IGNORECASE)
"""Where a document begins or ends: marks that cables, communiqués and feeds have as well."""

SENTENCE_LABEL = re.compile(r"sentences? (\d{1,4})\s*:\s*([^\W\d_]\S*\s+\S+\s+\S+)", re.IGNORECASE)
"""A sentence's number in words, and words of the sentence."""

SPEAKER_WORD = re.compile(any_of(_SPEAKER_WORDS), re.IGNORECASE)
"""The same, to be matched where an order can stand."""

SPEAKER = re.compile(r"(system|assistant|user|human|ai|model|bot|developer)[ \t]*[*_]{0,2}[ \t]*:", re.IGNORECASE)
"""A speaker in a line of a chat; one alone may be a heading, two are a chat."""

MARK = re.compile(any_of(_MARKS_OF_REQUEST), re.IGNORECASE)
REPLY = re.compile(_REPLY, re.IGNORECASE)
