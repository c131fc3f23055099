# 誰かを待っていることと、その理由。

TaskKind-ACCEPT_AWARD = 交付決定の通知があります。受諾するか、期間内に取り下げてください（法第9条）
TaskKind-SUBMIT_MILESTONE = マイルストーンが開始されています。達成報告を提出してください
TaskKind-REWORK_MILESTONE = 新しい回に入りました。達成報告をあらためて提出してください
TaskKind-PROPOSE_PLAN_CHANGE = 計画変更が求められています。変更案を提出してください（法第7条）
TaskKind-CONVENE_GATE = 達成報告が提出されました。ゲート審査を招集してください
TaskKind-DECLARE_CONFLICT = ゲート審査の委員に指名されています。利益相反を申告してください
TaskKind-SIGN_GATE = 利益相反がない旨の申告が済んでいます。判定に署名してください
TaskKind-RECOMMEND_GATE = 審査会の判定がそろいました。答申してください
TaskKind-REPLACE_MEMBER = 審査会は定足数に達し得ません。委員を交代させてください
TaskKind-CONCLUDE_GATE = 審査会の答申がまだありません。申告、判定又は答申が残っています
TaskKind-DECIDE_GATE = 審査会が答申しました。決定してください
TaskKind-ANSWER_HOLD = 保留の期日を過ぎました。再開、延長又は決定をしてください
TaskKind-ANSWER_MISSING_PLAN_CHANGE = 求めた計画変更が不承認となったか、提出されていません。決定してください
TaskKind-ANSWER_PLAN_CHANGE = 計画変更の申請があります。承認又は不承認としてください
TaskKind-ANSWER_FAILURE = マイルストーンが不通過となりました。以後の取扱いを定めてください
TaskKind-ANSWER_UNMET_CONDITION = 必須条件が満たされませんでした。決定してください
TaskKind-ANSWER_OVERDUE_CONDITION = 条件の期日を過ぎました。延長、免除又は不履行の認定をしてください
TaskKind-CONFIRM_CONDITION = 条件付き通過の条件が残っています。満たされたら確認してください
TaskKind-ANSWER_SUSPENSION = 一時停止の期日を過ぎました。停止の解除又は交付決定の終了をしてください（法第13条）
TaskKind-COMMIT_YEAR = 当該年度の予算が計上されています。年度分の負担行為を行ってください
TaskKind-ANSWER_YEAR_END = 交付区分の予算年度が終わりました。繰越又は不用の処理をしてください
TaskKind-RELEASE_TRANCHE = 支障はありません。交付区分の交付を承認してください
