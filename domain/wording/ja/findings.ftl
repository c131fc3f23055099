# What verification can find wrong in the books.

FindingCode-ROW_UNREADABLE = 読み取れない行があります。
FindingCode-TRANSFER_NOT_ALLOWED = 台帳の定めにない形の振替があります。
FindingCode-ACCOUNT_OVERDRAWN = 負になってはならない勘定が負になっています。
FindingCode-RELEASE_TRANSFER_WRONG = 交付決裁とその振替が一致しません。
FindingCode-RELEASE_WITHOUT_GATE = 封印に対するゲート通過のない交付決裁があります。
FindingCode-CALCULATION_WRONG = 計算書から決裁額が再現できません。
FindingCode-TRANCHE_STATE_WRONG = 交付区分の状態と決裁が一致しません。
FindingCode-RELEASED_ABOVE_DECIDED = 交付決定額を超えて決裁されています。
FindingCode-COMMITTED_WITHOUT_NEED = 交付区分に必要な額を超えて確保されています。
FindingCode-LOCK_WRONG = 先行マイルストーンの状態と開放・施錠が一致しません。
FindingCode-CARRY_OVER_WRONG = 繰越の記録と仕訳が一致しません。
FindingCode-YEAR_CLOSING_WRONG = 年度の締めの記録と仕訳が一致しないか、締めた年度に残高があります。
FindingCode-CLOSED_YEAR_MOVED = 締めた年度の金額が、その後に動いています。
FindingCode-SEAL_MISMATCH = 達成報告が封印時の内容と一致しません。
FindingCode-GATE_WITHOUT_QUORUM = 判定が定足数または記録された答申と一致しません。
FindingCode-SECOND_PERSON_MISSING = 同一人が一つの支払に二つの役割で関わっています。
FindingCode-PAYEE_ACCOUNT_ALTERED = 振込先口座の内容が届出時または確認時の記録と一致しません。
FindingCode-EVIDENCE_MISSING = 保管された証拠資料が見つかりません。
FindingCode-EVIDENCE_ALTERED = 保管された証拠資料が署名時のハッシュと一致しません。
FindingCode-AUDIT_CHAIN_BROKEN = 監査の連鎖に欠落または改変があります。
FindingCode-COMMAND_UNAUDITED = 監査に記録のないコマンドによる行があります。
FindingCode-DETERMINATION_WRONG = 額の確定が計算の根拠又は支払額と一致しません
FindingCode-RETURN_ORDER_WRONG = 返還命令と元帳の振替が一致しません
