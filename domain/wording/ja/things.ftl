# 見つからないもの、既にあるものの名称。

thing-AFFILIATION = 所属
thing-AWARD = 交付決定
thing-CONDITION = 条件
thing-CRITERION = 達成基準
thing-ENVELOPE = 予算枠
thing-EVIDENCE = 証拠資料
thing-GATE = ゲート審査
thing-GATE_TEMPLATE = ゲート雛形
thing-MILESTONE = マイルストーン
thing-ORGANIZATION = 事業者
thing-PANEL_MEMBER = 審査員
thing-PERSON = 担当者
thing-PLAN_VERSION = 計画の版
thing-POLICY = 運用基準
thing-PROGRAMME = 事業
thing-RELEASE = 交付承認
thing-REPORT = 報告
thing-ROLE = 役割
thing-SCOPE = 範囲
thing-SUBMISSION = 達成報告
thing-THEME = テーマ
thing-TOKEN = トークン
thing-TRANCHE = 交付区分
