# Why a question has no answer.

FaultCode-BAD_CURSOR = This is no cursor of this list in this order: begin again without it.
FaultCode-INTERNAL = The server failed to answer this field.
FaultCode-PAGE_SIZE_INVALID = A page has 1 to 100 rows: set `first` accordingly.
FaultCode-REPORT_TOO_WIDE = The report has more than 1,000 groups: gather by less, or ask for less.
FaultCode-SEARCH_TOO_LONG = At most 100 characters are searched for: leave some out.
FaultCode-SINCE_NOT_EARLIER = The instant to compare with must be the earlier one.
FaultCode-UNAUTHENTICATED = Sign in first: this is not public.
FaultCode-UNAVAILABLE = The server cannot answer now. Try again later.
