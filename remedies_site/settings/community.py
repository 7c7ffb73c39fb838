"""Numbers of the moderation ladder, which an operator may change, and two settings that nobody changes."""

from remedies_site import env

HIDE_AT_REPORTS, HIDE_AT_URGENT_REPORTS = env.hiding_thresholds()

# Who is no newcomer any more: so many days with an account, and so many comments that stand.
MEMBER_AFTER_DAYS = env.number("MEMBER_AFTER_DAYS", 3, least=0)
MEMBER_AFTER_COMMENTS = env.number("MEMBER_AFTER_COMMENTS", 3, least=0)

NEWCOMER_LINKS = env.number("NEWCOMER_LINKS", 2, least=0)  # in one comment
MEMBER_LINKS = env.number("MEMBER_LINKS", 8, least=0)
FIRST_DAY_THREADS = env.number("FIRST_DAY_THREADS", 3, least=0)
FIRST_DAY_REPLIES = env.number("FIRST_DAY_REPLIES", 10, least=0)
POSTS_AT_ONCE = env.number("POSTS_AT_ONCE", 5)
NEWCOMER_POST_SECONDS = env.number("NEWCOMER_POST_SECONDS", 30)  # then one in so many
MEMBER_POST_SECONDS = env.number("MEMBER_POST_SECONDS", 15)
VOTES_A_DAY = env.number("VOTES_A_DAY", 50)
REPORTS_A_DAY = env.number("REPORTS_A_DAY", 20)

# So many votes of one direction within so many hours, half of them by young accounts, are a burst.
BURST_VOTES = env.number("BURST_VOTES", 10, least=2)
BURST_HOURS = env.number("BURST_HOURS", 1)

PAUSE_HOURS = env.number("PAUSE_HOURS", 24)
LONG_PAUSE_HOURS = env.number("LONG_PAUSE_HOURS", 168)
APPEAL_DAYS = env.number("APPEAL_DAYS", 183)  # after a decision

# A field that people do not see; a sign-up that fills it is answered as any other, and stored nowhere.
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"

# A function of (keys): how many published pages cite each work.
COUNT_CITING_PAGES = "search.citing.count_citing_pages"
