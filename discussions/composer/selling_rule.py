"""Finds selling, recruiting and leading people to private messages. Pure."""

from collections.abc import Iterator, Sequence

from discussions.composer.findings import Finding, FindingKind
from discussions.composer.spoken_text import SpokenSentence
from remedies_site.patterns import lazy_pattern

_CHANNEL = r"(?:whatsapp|whats app|telegram|insta|instagram|wechat|signal|viber|facebook|messenger|tiktok|snapchat|discord|fb|ig)"
_WRITE = r"(?:dm|pm|inbox|message|text|whatsapp|email|e mail|mail|contact|call|ping|write to|write|reach out to|hit)"
_GOODS = (
    r"(?:products?|store|shop|webshop|online shop|website|site|company|brand|supplements?|capsules?|oil|powder"
    r"|lozenges|gummies|drops|tea|range|formula|catalogue|etsy|page|channel|webstore|clinic|team)"
)
_SIGNS = [
    r"(?:promo|discount|coupon|voucher|referral|affiliate|checkout|sponsor) ?(?:code|codes|link|links)",
    r"(?:coupon|promo|voucher)s? [\w]+",
    r"use (?:my |the |our |this )?code",
    r"(?:code|coupon) \w+ (?:\w+ )?(?:for|gets?|gives?|saves?|at|takes)",
    r"9 % (?:off|discount|rabatt|cheaper)",
    r"(?:[$€£] )?9(?: (?:euros?|dollars?|pounds?|usd|quid|[$€£]))? (?:off|each|a bottle|per bottle|a pack|a box"
    r"|a jar|a tub|apiece)(?= )(?! for (?:me|us))",
    r"(?:only|just|for) [$€£] 9",
    r"(?:only|just) 9 (?:[$€£]|euros?|dollars?|pounds?|a bottle|per bottle)",
    r"buy (?:9|one|two|three) (?:and )?get (?:9|one|two)",
    r"(?:two|three|9) for (?:one|two|9) (?:this|now|until|at my|in my|on my|at our|offer)",
    r"(?:free|fast|worldwide|discreet) (?:shipping|delivery|sample|samples)",
    r"(?:ship|shipping|deliver|delivering|send|post) (?:it )?(?:worldwide|world wide|everywhere|to any country"
    r"|internationally|overseas|anywhere)",
    r"(?:order|buy|shop|purchase) (?:yours |it |them )?(?:now|today|online (?:at|from)|here|from (?:me|us)|via"
    r"|through (?:me|my|us)|at LINK|on (?:my|our))",
    rf"{_WRITE} (?:me|us|him|her|them)(?: (?:up|a message|privately|directly|in private))?(?: (?:on|at|via|for|if"
    rf"|to (?:order|buy|get|know)|and|now|in|through|ADDRESS|LINK|your))",
    r"(?:dm|pm|inbox|whatsapp|dms|pms) (?:me|us|open|for)",
    rf"(?:on|via|at|over|through) (?:his |her |my |our )?(?:{_CHANNEL})(?: (?:at|for|under|9|number))",
    rf"(?:contact|message|reach|text|write|find|follow|add|call|hit)(?: \w+){{1,4}} (?:on|via|at|over|through)"
    rf" (?:his |her |my |our )?{_CHANNEL}",
    r"(?:contact|message|reach|text|write|mail|email)(?: \w+){0,5} ADDRESS",
    r"(?:link|links) (?:is |are )?(?:in|on|at) (?:my |our |the )?(?:bio|profile|description|comments|first"
    r" comment)",
    r"(?:affiliate|referral|ref|partner) (?:link|programme|program|partner|account)",
    r"(?:click|tap|klick) (?:here|the link|my|on (?:the|my|this)|below|LINK)",
    r"(?:check|checkout|check out|visit|see|go to|head to|look at|browse|try)(?: out)? (?:my|our)"
    rf"(?: \w+)? {_GOODS}",
    r"(?:visit|go to|head to|buy at|order at|shop at|available at|get (?:it|them|yours) at|check out) LINK",
    r"(?:at|on|in|from|through|via) (?:my|our) (?:own |new |online |little )?(?:shop|store|website|webshop"
    r"|site|etsy|page|company|web shop|web store)",
    rf"our (?:new |own |famous |\w+ )?{_GOODS} (?:are|is|has|have|will|can|helps?|cures?|works?|offers?|ships?)",
    r"(?:i|we|who|company) (?:also |now |still |can )?(?:sell|sells|offer|distribute|produce and sell|resell|ship"
    r"|supply|wholesale|stock)(?= )(?! (?:nothing|no|my sympathy|to talk|you my))",
    r"(?:im|i am|we are|were) selling",
    r"(?:i|we) (?:make|produce) (?:these|them|this|it|my own|the)(?: \w+){0,4} (?:order|orders|buy|price|prices"
    r"|sale|ourselves|inbox|message)",
    r"(?:for an?|place (?:an|your)|take|taking|accept) orders?(?= )",
    r"(?:for|on) sale(?= (?:now|here|at|in|on|,|9|dm|pm|message|contact))",
    r"(?:bottles?|packs?|boxes|jars?|tubs?|capsules|stock|some|spare)(?: \w+){0,3} for sale",
    r"(?:distributor|reseller|wholesaler?s?|dropship\w*|sales rep|brand ambassador|independent consultant)",
    r"(?:get|offer|give|have) (?:you |us |everyone |members )?(?:a |an |big |special |\w+ )?(?:discount|discounts"
    r"|deal|good price)",
    r"(?:join|in) my (?:team|group|downline|network)",
    r"(?:earn|make) (?:\w+ )?(?:money|cash|income|from home|extra)(?: (?:from home|online|while))?",
    r"(?:business|income|work from home) opportunity",
    r"(?:limited|special|exclusive|one time) (?:time )?(?:offer|deal|price|discount)",
    r"(?:offer|sale|deal|discount) (?:ends|until|expires|only today|today only|valid)",
    r"(?:money back|satisfaction) guarantee\w*",
    r"(?:sign up|register|subscribe|join)(?: \w+){0,2} (?:with|through|via|using|by) (?:my|our|this|the) (?:link"
    r"|code|referral|LINK)",
    r"(?:for|ask for|low|best|our|my|wholesale|cheap) prices?(?= )(?! (?:of|in the|at the))",
    r"(?:got|have|sell|selling|get you|real|good|best)(?: \w+){0,4} (?:stuff|gear|deal|quality) (?:cheap|for"
    r" cheap|for sale|at a)",
    r"(?:he|she|dr \w+|doctor \w+|healer|his|her)(?: \w+){0,12} (?:contact|reach|call|whatsapp|email|message)"
    r" (?:him|her|dr)",
    r"(?:reach|contact|email|call|text) (?:him|her|dr \w+|doctor \w+)(?: \w+){0,4} (?:on|by|at|via|through"
    r"|ADDRESS|LINK|9)",
]
_NOT_SELLING = (
    r"(?:not|dont|do not|never|arent|isnt|nobody|no one|stop|without|hate|wary of|careful with|beware of)"
    r"(?: \w+){0,2} (?:sell|sells|selling|buy|buying|order|affiliate|promo|advert\w*)"
    r"|(?:message|contact|write to|tell|ask) (?:the |a )?moderators?|(?:contact|call|ask|email|text|message) (?:me|us|"
    r"your|the|him|her)? ?(?:doctor|gp|pharmacist|nurse|clinic|surgery)"
)


_SELLING = lazy_pattern(rf"(?<= )(?:{'|'.join(_SIGNS)})(?= )")
_HONEST = lazy_pattern(rf"(?<= )(?:{_NOT_SELLING})(?= )")


def find_selling(sentences: Sequence[SpokenSentence]) -> Iterator[Finding]:
    """The first sign of selling in each sentence."""
    for sentence in sentences:
        match = _SELLING.search(sentence.line.text)
        if match and not _HONEST.search(sentence.line.text):
            yield Finding(FindingKind.SELLING, *sentence.line.place(match))
