# ゲート審査：結論、席、利益相反。達成基準の測り方。

Outcome-GO = 通過（GO）
Outcome-CONDITIONAL_GO = 条件付き通過（CONDITIONAL GO）
Outcome-PARTIAL = 一部通過（PARTIAL）
Outcome-REWORK = 再提出（REWORK）
Outcome-HOLD = 保留（HOLD）
Outcome-REDIRECT = 計画変更の指示（REDIRECT）
Outcome-NO_GO = 不通過（NO-GO）
Outcome-TERMINATE = 不通過・取消しの提案（TERMINATE）

FollowUp-REWORK = 再提出（REWORK）
FollowUp-NO_GO = 不通過（NO-GO）
FollowUp-TERMINATE = 不通過・取消しの提案（TERMINATE）

VoidCause-LATE_CONFLICT = 利益相反の事後判明
VoidCause-SEAL_MISMATCH = 封印との不一致
VoidCause-PROCEDURE = 手続上の瑕疵
VoidCause-AWARD_ENDED = 交付決定の終了

Seat-CHAIR = 委員長
Seat-DEPUTY = 副委員長
Seat-MEMBER = 委員

ConflictKind-NONE = 利益相反なし
ConflictKind-KIN = 親族関係
ConflictKind-SAME_BODY = 同一機関への所属
ConflictKind-JOINT_WORK = 共同研究・共著
ConflictKind-FINANCIAL_INTEREST = 経済的利益関係
ConflictKind-COMPETING_PROJECT = 競合する研究開発
ConflictKind-SHARED_AFFILIATION = 過去の共通の所属
ConflictKind-CO_AWARD = 他の交付決定での共同関与
ConflictKind-APPLICANT = 申請者側の関係者

RecusalGround-DECLARED = 本人の申告
RecusalGround-COMPUTED = 登録情報による判定
RecusalGround-RECORDED = 事務局による記録
RecusalGround-LATE = 判定後に判明

EvidenceKind-REPORT = 報告書
EvidenceKind-DATA_SET = 測定データ
EvidenceKind-PROTOCOL = 試験・研究計画書
EvidenceKind-REGULATORY_CONSULTATION = PMDA相談記録
EvidenceKind-CERTIFICATE = 認証・許可証
EvidenceKind-AGREEMENT = 契約書・連携機関の文書
EvidenceKind-SOFTWARE = ソフトウェア・リリース記録
EvidenceKind-OTHER = その他

KpiDirection-AT_LEAST = 以上
KpiDirection-AT_MOST = 以下
KpiDirection-EQUALS = 一致
