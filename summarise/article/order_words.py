"""The words of an order to a model, and of a sentence that speaks to one.

Each pattern is for one sentence, in plain characters (see `summarise.article.injection_search`). An order counts where
an imperative can stand: at the beginning, behind a mark or a quotation mark, behind "please" and the like. So "urged
reporters to ignore previous instructions" is none.
"""

from __future__ import annotations

import re

from summarise.article.pattern_parts import any_of, spaced

_LEAD = (
    r"(?:(?:please|now|then|next|first|instead|also|just|kindly|and|so|but|important|importantly|attention|warning|"
    r"note|do|must|always|only|simply|immediately|finally|thus|therefore|henceforth|from now on|at this point|"
    r"for this (?:task|article|text)|before (?:answering|replying)|(?:the|your) (?:new )?(?:task|goal|job) is to|"
    r"(?:the )?(?:model|assistant|ai|reader) (?:must|should|shall|will|has to|needs to|is to)|"
    r"you (?:must|should|will|shall|can|may|are to|have to|need to|are (?:required|instructed|asked|told|ordered) to))"
    r"(?: (?:now|also|only|instead|always|immediately))?[,:]?\s+){0,4}"
)
_MODEL = (
    r"(?:ai|a\.i\.|artificial intelligence|llms?|(?:large )?language[ -]models?|chat ?bots?|chat ?gpt|gpt-?\w*|claude|"
    r"gemini|llama|copilot|mistral|deepseek|qwen|(?:ai|virtual|automated) assistants?)"
)
_READER = (
    rf"(?:{_MODEL}|bots?|assistants?|summari[sz]ers?|extractors?|readers? models?|models?|crawlers?|scrapers?|"
    rf"annotators?|"
    r"parsers?|(?:ai |automated |automatic |machine )(?:readers?|systems?|tools?|agents?|pipelines?|programs?))"
)
_VOCATIVE = (
    rf"(?:(?:dear|hey|hi|hello|attention|ok|okay|to|note to|message to|for)?\s*(?:the |any |all |every |an? )?{_READER}"
    r"(?: (?:model|assistant|agent|system|bot|tool)s?)?"
    r"(?: (?:reading|processing|parsing|summari[sz]ing|analy[sz]ing|extracting|that|who|which)\b[^,.:;!?]{0,40})?"
    r"\s*[,:;!—–-]+\s*)?"
)
_DROP = (
    r"(?:overlook|neglect|abandon|put aside|lay aside|ignore|disregard|forget|override|overrule|bypass|discard|drop|"
    r"delete|erase|clear|stop (?:following|obeying)|"
    r"(?:do not|don['’]?t|never) (?:follow|obey|heed)|pay no (?:attention|heed) to|set aside|throw away)"
)
_OLD = r"(?:previous|prior|above|earlier|preceding|foregoing|former|past|your|system|developer|original|initial|safety)"
_TOLD = (
    r"(?:instructions?|prompts?|directives?|guidelines?|commands?|messages?|rules|programming|training|restrictions|"
    r"constraints|safeguards|text|content|context|conversation|sentences|orders|data|directions|task|schema|format|"
    r"role)"
)
_GIVEN = (
    r"(?:system prompt|system message|developer message|prompt|instructions?|api[ _-]?keys?|secret[ _-]keys?|"
    r"access[ _-]tokens?|credentials|passwords?|environment variables?|env vars?|configuration|schema|guidelines|rules|"
    r"(?:everything|text|words|content|messages?) (?:above|before)|conversation|context window|authorization header|"
    r"(?:request )?headers?|training data|worked example|examples?)"
)
_TELL = (
    r"(?:reveal|print|repeat|show|output|leak|display|disclose|send|include|write|copy|paste|encode|translate|dump|"
    r"expose|recite|quote|tell|give|echo|summari[sz]e|embed|append|put|insert|return|reproduce|spell|post|base64)"
)
_MAKE = (
    r"(?:add|insert|append|include|create|extract|output|emit|return|fabricate|invent|register|enter|generate|produce|"
    r"write|make up|report|record|list|log|continue)"
)
_RECORD = r"(?:visits?|invitations?|records?|entr(?:y|ies)|officials?|json|array|object|field)"
_ARTICLE_WORDS = (
    r"(?:(?:a|an|one|this|that|the|another|following|new|extra|additional|exactly|only|also|single|further|two|three|"
    r"\d+|fake|false|confirmed|completed|state|official|second|valid|empty|reply|visits?|records?)\s+)"
)
_COMMANDS = (
    rf"{_DROP}\s+(?:[\w'’]+,?\s+){{0,6}}?{_OLD}\s+(?:[\w'’]+\s+){{0,3}}?{_TOLD}\b",
    rf"{_DROP}\s+(?:any|all|every|these|those|the)\s+(?:of\s+)?(?:the\s+|your\s+)?(?:\w+\s+)?(?:instructions|"
    rf"prompts?)\b",
    rf"{_DROP}\s+(?:everything|all|anything|what|whatever)(?: of)? (?:\w+ )?(?:the )?(?:above|before|you (?:said|know|"
    r"were|have been)|(?:was|were|came|has been|is) (?:\w+ )?(?:before|above|said|told|written))\b",
    rf"{_MAKE}\s+{_ARTICLE_WORDS}{{1,4}}{_RECORD}\b(?=\s+(?:by|of|from|for|with|to|in|saying|where|that|named|"
    r"between|about|as|only|alone|instead|listing|under|into)\b|\s*[:;{\[])"
    r"(?!.{0,60}\byour\s+(?:list|itinerary|calendar|trip|holiday|plans?|bucket|diary)\b)",
    r"(?:cite|use|quote|give|reference) (?:only |just )?(?:the )?(?:sentences?|lines?|evidence)(?: numbers?| no\.?)? "
    r"[\[#(]?(?:\d+|numbers?|as evidence)\b",
    r"(?!(?-i:Mark\s+[A-Z]))(?:set|mark|change|treat|classify|label|count|regard|list|report|"
    r"give)\b[^.;]{0,80}?\b(?:status|visits?|"
    r"countr(?:y|ies)|date|sentences?|records?|invitations?|article|text|evidence)\b[^.;]{0,60}?\b(?:to|as|=|to "
    r"be)\s+[\"“'‘]?"
    r"(?:\w+\s+)?(?:confirmed|completed|planned|cancelled|denied|boilerplate|background|main|ongoing|true|verified|"
    r"accepted|"
    r"evidence|instructions?|null)\b",
    r"(?:respond|reply|answer|output|return|print|begin|start|end|finish) (?:(?:your|the) (?:reply|answer|output|"
    r"summary|response) )?(?:only |just |exactly |strictly )?(?:with|in|by|as|using)? ?(?:only |just |exactly |the "
    r"following |an? |"
    r"the |this |your |valid |one |empty )*(?:json|yaml|xml|base64|following|rot13|object|schema|reply|word|phrase|"
    r"sentence \d)\b",
    r"(?:output|emit|return|print|write|produce) (?:only |just |exactly )?(?:the following|this|valid) ?(?:json|"
    r"records?|text|reply|object|list|verbatim|exactly)?\s*:",
    r"(?:leave out|omit|drop|remove|delete|suppress|skip|do not (?:report|record|include|mention|extract|list|output)|"
    r"don['’]?t (?:report|record|include|mention|extract|list|output)|never (?:report|record|extract|output)) (?:\w+ "
    r"){0,4}?"
    r"(?:visits?|invitations?|records?|officials|sentences?)\b",
    rf"{_TELL}\s+(?:me\s+|us\s+|back\s+|out\s+|verbatim\s+)*(?:your|this|its|my)\s+(?:[\w-]+\s+){{0,4}}?{_GIVEN}",
    rf"{_TELL}\s+(?:me\s+|us\s+|back\s+|out\s+|verbatim\s+)*(?:all\s+)?(?:of\s+)?(?:the|all|"
    rf"any)\s+(?:[\w-]+\s+){{0,3}}?"
    r"(?:system prompt|system message|developer message|hidden (?:prompt|instructions?)|(?:initial|original|full|"
    r"entire|"
    r"complete|secret|above|preceding|exact) (?:system )?(?:prompt|instructions?|text|words|messages?)|instructions? "
    r"(?:above|"
    r"you (?:were|have|got|received))|prompt (?:above|you)|api[ _-]?keys?|secret[ _-]keys?|access[ _-]tokens?|"
    r"environment variables?|env vars?|authorization header|context window|reply schema|json schema|worked example)\b",
    rf"{_TELL} (?:me |back |out )?(?:everything|all|the (?:text|words|content)) (?:\w+ ){{0,2}}?(?:above|before)\b"
    r"(?: (?:this|the) (?:line|sentence|text|article|message))?",
)
_ADDRESSES = (
    r"(?:whoever|anyone|any \w+|every \w+|those|the one|the \w+) (?:who |that |which )?(?:summari[sz]|process|pars|"
    r"extract|annotat|label|"
    r"index|analy[sz])\w* (?:and \w+ )?th(?:is|e present) (?:text|article|page|document|"
    r"story)\s*[,:—–-]?\s*(?:please |you |\w+ )?(?:must|should|shall|has to|"
    r"have to|needs? to|is to|are to|note|record|report|add|write|:)",
    r"(?:important|relevant|only|note|hint|instructions?|guidance|info(?:rmation)?) for (?:the |your |any "
    r")?(?:extraction|summary|summari[sz]\w+|"
    r"pars(?:er|ing)|annotat\w+|indexing|processing|data ?base|json|output|record keeping)\b[^.;\n]{0,20}[:,–—-]",
    r"(?:(?:a |this |the )?(?:message|note|word|order|instruction|update|greeting)s? (?:from|by) )?your (?:operator|"
    r"developers?|creators?|trainers?|"
    r"programmers?|administrators?|makers?|(?:real|actual|true|new|only) (?:task|job|goal|purpose|instructions?|"
    r"role))\b",
    rf"as an? {_MODEL}(?: model)?,? you (?:must|should|will|are|have|need|can)\b",
    rf"(?:the |any |every |dear |hey |hello |to )?(?:{_READER}|machines?|computers?|neural networks?|programs?|"
    rf"algorithms?)s? "
    r"(?:reading|processing|parsing|summari[sz]ing|extracting from|that (?:reads?|process\w*|"
    r"summari[sz]es?)) (?:this|the) ?"
    r"(?:text|article|page|story)?(?:\s*[,:]| (?:must|should|shall|has to|have to|needs? to))",
    r"(?:dear|hey|hi|hello|attention),? (?:neural network|machine|computer|algorithm|program|robot|summarizer|"
    r"pipeline)s?"
    r"\s*[,:!]",
    r"your (?:json|output|extraction|summary|record list)(?: object| output| reply)? (?:must|should|has to|needs to|"
    r"shall) "
    r"(?:contain|include|say|list|read|state|have)\b",
    r"the (?:extraction|json|output|summary|reply) (?:must|should|has to|needs to|shall) (?:contain|include|say|"
    r"list|read|"
    r"state)[^.\n]{0,30}:",
    r"for (?:all |any |the )?(?:llms?|language models?|ai models?|ais?|bots|chat ?bots|crawlers|models|"
    r"machines)(?: only| "
    r"(?:reading|processing|that|who)[^,.:\n]{0,40})?\s*[,:\])](?= (?!\w+ed\b))",
    r"(?:hints?|notes?|messages?|instructions?|reminders?) (?:for|to) (?:whoever|anyone|those|the people|"
    r"the one)[^.:\n]{0,40}"
    r"\b(?:data ?sets?|data ?bases?|records|extracts?|extracting|indexe?s?|summari\w+)\b[^.:\n]{0,30}:",
    r"(?:pls|plz|please),? (?:extract|record|log|output|append)\s*:",
    r"(?:visits|invitations|records|officials)\s*(?:\+=|\.(?:append|push|add)\b)",
    r"(?:developer|debug|admin|god|maintenance|dan|jailbreak|sudo|root|override) mode (?:is )?(?:now )?(?:enabled|"
    r"activated|"
    r"on\b|engaged|active)",
    r"(?:you|your) (?:were|are|have been) (?:\w+ )?(?:given|told|instructed|asked|programmed|trained|required) to "
    r"(?:\w+ )?"
    r"(?:extract|output|report|record|read this article|summari[sz]e|reply|answer)\b",
    rf"(?:you are|you['’]re|you will be|act as|pretend (?:to be|you are)|role-?play as|imagine (?:that )?you are|"
    rf"behave as|"
    rf"from now on,? you are)(?: now| no longer| an?| the| my)*(?: [\w-]+){{0,3}}? (?:{_MODEL}|assistant|bot|dan|"
    rf"jailbroken|"
    r"unrestricted|in developer mode|in debug mode|extraction (?:engine|system)|json generator|unfiltered|record "
    r"keeper)\b(?!\s+(?:researcher|company|developer|engineer|firm|expert|enthusiast|student|power|user|citizen))",
    rf"(?:if|when|since|because) you are (?:reading this as )?(?:an? |the )?(?:\w+ )?{_READER}\b(?! (?:researcher|"
    rf"company|"
    r"developer|engineer|firm|expert|enthusiast|student|user|agency|train|railway|citizen|student|pupil))",
    rf"(?:notes?|messages?|instructions?|attention|notice|memo|reminder|directions?|orders?|information) (?:to|for) "
    rf"(?:the |any |all "
    rf"|an? )?{_READER}(?: (?:model|assistant|agent|system|bot|tool)s?)?(?: (?:reading|processing|that|who|which|"
    rf"summari[sz]ing)\b"
    r"[^,.:;!?]{0,40})?\s*(?:[:,.;!—–-]|$)",
    rf"(?:dear|hey|hi|hello|attention|ok|okay),? (?:the |all )?{_READER}\b\s*[,:;!—–-]",
    rf"{_MODEL}(?: (?:model|assistant|agent|system|bot)s?)?\s*[,:!—–-]+\s*(?:please |you |now )*(?:{_MAKE}|{_TELL}|"
    rf"{_DROP}|"
    r"cite|set|mark|treat|reply|respond|answer|(?:say|state)\s*(?:that|:)|you (?:must|should|are))\b",
    r"(?:hidden|secret|your(?: new| real| actual)?) (?:system )?(?:instructions?|prompt)(?: for (?:you|the \w+|ai\w*))?"
    r"\s*[:—–=-]",
    r"(?:new|updated|revised|real|actual|true|final|additional) (?:system (?:instructions?|prompt)|(?:instructions?|"
    r"prompt) "
    r"for (?:you|the (?:model|assistant|ai)|ai\w*)|prompt)\s*[:—–=-]",
    r"(?:the |this |following )?(?:correct|right|expected|required|proper|only valid|final|desired) (?:json|output|"
    r"extraction|records?)(?: (?:for this article|to this article))? (?:is|are|must be|should be|reads?|follows)\b",
    r"(?:the |this |following )?(?:correct|right|expected|required|proper|only valid|final|desired) (?:reply|answer|"
    r"response)(?: (?:for this article|to this article) (?:is|are|must be|should be|reads?)| (?:is|are|must be|"
    r"should be|"
    r"reads?|follows)\s*[:{\[\"“])",
    r"\"?(?:sentence|line|evidence)s? (?:number |no\.? )?\[?\d+\]?(?: to \d+| and \d+)? (?:is|are|counts? as|must be|"
    r"should be|"
    r"carr(?:y|ies)) (?:an? |the |to be )?(?:\w+ )?(?:evidence|boilerplate|ignored|cited|instructions?|false|"
    r"records?)\b",
    r"(?:bitte )?(?:ignorier(?:e|en sie|t)|missachte(?:n sie)?|vergiss|vergessen sie|befolge(?:n sie)?|"
    r"überschreibe(?:n sie)?)\b[^.;]{0,60}?"
    r"\b(?:anweisung(?:en)?|instruktion(?:en)?|befehle?n?|vorgaben?|prompts?|regeln)\b",
    r"(?:veuillez )?(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte d|ne tenez pas compte d|fais abstraction "
    r"d)\b[^.;]{0,60}?"
    r"\b(?:instructions?|consignes?|directives?|invites?|prompts?)\b",
    r"(?:por favor,? )?(?:ignor(?:a|e|en|ad)|olvid(?:a|e|en)|desestim(?:a|e)|descart(?:a|e)|esque[cç]a|desconsidere|"
    r"desobede[cç]a)\b"
    r"[^.;]{0,60}?\b(?:instru(?:cciones|cci[oó]n|ç[oõ]es|ção|coes)|indicaciones|órdenes|ordens|prompts?|comandos?)\b",
    r"(?:per favore,? )?(?:ignor(?:a|ate|i)|dimentica(?:te)?|trascura)\b[^.;]{0,60}?\b(?:istruzion[ei]|indicazioni|"
    r"direttive|prompts?)\b",
    r"(?:negeer|vergeet|ignorera|glöm|ignorer|glem|ignoruj(?:te)?|zignoruj(?:cie)?|zapomnij|zapomeň(?:te)?|"
    r"ignor[aă](?:ți)?|abaikan|"
    r"lupakan|bỏ qua|hãy bỏ qua|unohda|hagyd figyelmen kívül|felejtsd el)\b[^.;]{0,60}?\b(?:instructies|"
    r"instruktioner|instruks\w*|instrukcj\w*|"
    r"poleceni\w*|pokyny|instrukce|instruc[tț]iuni\w*|instruksi|perintah|hướng dẫn|chỉ dẫn|ohjeet|utasítás\w*|"
    r"prompts?)\b",
    r"(?:пожалуйста,? )?(?:про)?(?:игнорируй|ігноруй|забудь|забудь)(?:те)?\b[^.;]{0,60}?(?:инструкци|указани|команд|"
    r"інструкці|вказівк|промпт|правил)",
    r"(?:αγνόησε|αγνοήστε|ξέχνα)\b[^.;]{0,60}?(?:οδηγίες|εντολές)",
)
_WEAK = (
    r"(?:report|record|state|say|write|conclude|confirm|claim|assume|pretend|note in the summary|mention) (?:in "
    r"(?:the|your) "
    r"(?:summary|reply|output|json|answer) )?that\b(?=[^.!?]{0,200}\b(?:visit|invit|travel|met|meet|trip|arriv|flew|"
    r"went|confirm|cancel))"
    r"(?![^.]*\b(?:is|are|was|were|has been) (?:false|wrong|untrue|denied|dismissed))"
    r"(?![^.]*\b(?:stirs|angers|sparks|draws|raises|prompts|causes|fuels|worries|upsets|alarms|surprises|irks|divides|"
    r"shakes|shocks|rattles|haunts|embarrasses|puzzles)\b)",
    r"(?:new|updated|revised|real|actual|true|final|additional) instructions?\s*[:—–=-]",
)
"""What may be an order as well as the headline of an article: it bars where its line is no headline."""

_CHAINED = (
    rf"\b{_DROP} (?:all |any )?(?:of )?(?:the |your )?(?:previous|prior|above|earlier|preceding) (?:instructions?|"
    rf"prompts?),? "
    r"(?:and|then) (?:instead |then |only |just |now )?(?:report|record|output|reply|respond|say|print|return|write|"
    r"add|cite)\b"
)
_FOREIGN = (
    r"\b(?:talimat|yönerge|komut)\w*\s+(?:\w+\s+)?(?:yok ?say|görmezden gel|unut|dikkate alma)(?:ın|in|un|ün|ınız|"
    r"yın)?\b",
    r"(?:忽略|無視|无视|忘记|忘記|不要理会|不要理會)[^。！？.!?]{0,16}(?:指令|指示|说明|說明|提示|要求|规则|規則)",
    r"(?:以前|これまで|上記|前|すべて|全て)[^。！？.!?]{0,8}(?:指示|命令|プロンプト)[^。！？.!?]{0,6}(?:無視し|忘れ)(?:て|ろ|なさい)",
    r"(?:이전|위의?|모든)[^.!?]{0,10}(?:지시|명령|지침|프롬프트)\S{0,4}\s*(?:모두\s*|전부\s*)?무시(?:하고|하라|하세요|해)",
    r"(?:تجاهل|تجاهلوا|انس)\s[^.؟!]{0,30}(?:التعليمات|الأوامر|الإرشادات)",
    r"(?:دستور|فرمان|راهنما)\S*[^.؟!]{0,24}نادیده بگیر",
    r"(?:התעלם|התעלמו|שכח)\s[^.?!]{0,30}(?:ההוראות|הנחיות|ההנחיות)",
    r"(?:निर्देश|आदेश)\S*[^।.?!]{0,24}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज)\s*(?:करें|करो|कर दो)",
)
"""Orders to a model, and sentences that speak to one."""

SAYS = re.compile(
    r"\b(?:said|says|say|told|tells|tell|urged|urges|warned|warns|ordered|instructed|wrote|writes|read|reads|reading|"
    r"added|"
    r"posted|tweeted|asked|shouted|announced|according|called|titled|headlined|entitled|quoted|like|such as|phrase|"
    r"message|"
    r"slogan|sentence|text|words|line|hid|hidden|typed|typing|insert(?:ed|ing)|embedd(?:ed|ing)|demanded|demanding|"
    r"replied|sa(?:gte|gt)|dijo|disse|ha detto|a déclaré|zei)\b",
    re.IGNORECASE,
)
"""Who is quoted, or how: an order in quotation marks is then told, not given."""

OUR_WORDS = re.compile(
    r"\b(?:report|record|add|output|list|include|say|state|write|mark|cite|set)\b.{0,80}\b(?:visit|invit|travel|"
    r"arriv|official|json)",
    re.IGNORECASE,
)
"""What only an order to this program would ask for."""

ORDER = re.compile(f"{spaced(_VOCATIVE)}{spaced(_LEAD)}(?:{any_of(_COMMANDS)})|{any_of(_ADDRESSES)}", re.IGNORECASE)
"""To be matched where an order can stand."""

WEAK_ORDER = re.compile(f"{spaced(_VOCATIVE)}{spaced(_LEAD)}(?:{any_of(_WEAK)})", re.IGNORECASE)

CHAINED_ORDER = re.compile(spaced(_CHAINED), re.IGNORECASE)
"""An order that need not stand there: another one is tied to it."""

ADDRESSED = re.compile(
    r"[Yy]ou(?:r|['’]re)?\b(?:(?!\bthat\b)[^.!?\n\"“”«»]){0,50}\b(?:record|log|extract|output|cite|annotate|"
    r"summari[sz]e|(?:report|list|write) this)\b"
)
"""Someone is spoken to, and told to do what a program like this one does; outside of quotation marks nobody else is."""

FOREIGN_ORDER = re.compile(any_of(_FOREIGN), re.IGNORECASE)
"""Orders in languages whose words give an imperative away wherever it stands."""

FOREIGN_WORDS = (
    "忽略 無視 无视 忘 理会 理會 指示 命令 プロンプト 무시 تجاهل انس نادیده התעלם שכח अनदेखा नज़र नजर "
    "talimat yönerge komut"
).split()
"""One of these is in every such order."""
