# 見つからないもの、既にあるものの名称。

thing-affiliation = 所属
thing-award = 交付決定
thing-condition = 条件
thing-criterion = 達成基準
thing-envelope = 予算枠
thing-evidence = 証拠資料
thing-gate = ゲート審査
thing-gate-template = ゲート雛形
thing-milestone = マイルストーン
thing-organization = 事業者
thing-panel-member = 審査員
thing-person = 担当者
thing-plan-version = 計画の版
thing-policy = 運用基準
thing-programme = 事業
thing-release = 交付承認
thing-role = 役割
thing-submission = 達成報告
thing-theme = テーマ
thing-token = トークン
thing-tranche = 交付区分
