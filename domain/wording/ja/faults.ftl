# Why a question has no answer.

FaultCode-BAD_CURSOR = これはこの一覧のこの並び順のカーソルではありません。カーソルを指定せず、最初から読み直してください。
FaultCode-INTERNAL = サーバーの不具合により、この項目に回答できませんでした。
FaultCode-PAGE_SIZE_INVALID = 1ページは1件から100件までです。`first` をその範囲で指定してください。
FaultCode-REPORT_TOO_WIDE = 集計の区分が1,000件を超えます。集計の軸を減らすか、対象を絞り込んでください。
FaultCode-SEARCH_TOO_LONG = 検索できるのは100文字までです。語を減らしてください。
FaultCode-SINCE_NOT_EARLIER = 比較する二つの時点のうち、前の時点には、後の時点より早い時点を指定してください。
FaultCode-UNAUTHENTICATED = 公開されていない情報です。先にサインインしてください。
FaultCode-UNAVAILABLE = サーバーは現在回答できません。しばらくしてからもう一度お試しください。
