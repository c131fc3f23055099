# 項目の書き方の誤り。

InputRule-REQUIRED = 入力が必要です
InputRule-LENGTH = 短すぎるか長すぎます
InputRule-RANGE = 入力できる範囲を外れています
InputRule-FORM = 求められている形式ではありません
InputRule-NO_CONTROL_CHARACTERS = 読み取れない文字が含まれています
InputRule-CAPITALS_OR_DIGITS = 英大文字と数字だけが使えます
InputRule-EMAIL = 電子メールのアドレスではありません
InputRule-SHA_256 = 小文字の16進数64桁のSHA-256ではありません
InputRule-DECIMAL = 十進数ではありません
InputRule-UNKNOWN_CODE = そのようなコードはありません
InputRule-DUPLICATE = 重複しています
InputRule-MUST_BE_TRUE = 省略するか、trueとしてください
InputRule-NOT_BEFORE_FROM = 初日より前の日付です
InputRule-UP_OR_DOWN = 交付決定の変更は増額か減額です
InputRule-ACT_7_OR_ACT_10 = 交付決定の変更は第7条又は第10条によります
InputRule-BY_DETERMINATION = その年度の額の確定により命じられます
InputRule-FROM_THE_REPORT = 受理された報告書から計算されるため、入力しないでください
InputRule-ONLY_WITH_PARTIAL = 一部通過のときにだけ指定できます
InputRule-SEAL_IS_INTACT = 封印は保存内容と一致しており、理由になりません
InputRule-NO_LATE_CONFLICT_ON_RECORD = 先に利益相反を記録してください
InputRule-AWARD_IS_IN_FORCE = 交付決定は効力を有しており、理由になりません
InputRule-ORDER_OF_TIME = 起きた順に並べてください
InputRule-DECLARE_BEFORE_SIGNING = 申告は本人の判定より前に置いてください
