# すべての拒否：何が妨げとなっているか、次に何をすればよいか。

## 権限

RefusalCode-ROLE_REQUIRED = 「{ $operation }」を行う権限がありません。必要な役割：{ $roles }。該当する場合は管理者に役割の付与を依頼してください。
RefusalCode-PERSON_REQUIRED = この操作は自然人が行う必要があります。ご本人の名義でサインインしてください。
RefusalCode-SECOND_PERSON_REQUIRED = 一つの支払・返還に同じ人が二つの役割で関与することはできません。これに関与していない別の方が行ってください。
RefusalCode-TIME_NOT_YOURS = 発生日時を指定できるのは取込処理だけです。日時の指定を外してください。
RefusalCode-IDEMPOTENCY_KEY_REQUIRED = この操作には冪等キーが必要です。新しいキーを付け、再送するときは同じキーを使ってください。
RefusalCode-IDEMPOTENCY_KEY_REUSED = この冪等キーは別の内容の操作に使用済みです。新しいキーを指定してください。
RefusalCode-REASON_REQUIRED = 理由または本文が入力されていません。関係者に示すため必ず記入してください。
RefusalCode-INVALID_INPUT = 項目「{ $field }」の内容が正しくありません（{ $rule }）。修正してもう一度お試しください。
RefusalCode-NOTICE_FONT_MISSING = 日本語の書体が見つからないため、通知書を作成できません（{ $folders }）。Debian では fonts-noto-cjk パッケージを導入するか、書体のあるフォルダーを設定してください。
RefusalCode-LETTERHEAD_MISSING = この事業の通知書の名義が定められていません。事業の統括者が定めてください。
RefusalCode-RELEASE_REVOKED = この交付承認は{ $revoked_on }に取り消されたため、通知書はありません。
RefusalCode-NOT_FOUND = { $kind }が見つかりません。存在しないか、閲覧できないものです。
RefusalCode-STALE = ほかの操作により更新されています（現在の版：{ $current_version }）。再読込のうえ、もう一度変更してください。
RefusalCode-ALREADY_EXISTS = { $kind }は既に登録されています。登録済みのものを使うか、別の名称または番号を指定してください。
RefusalCode-ADMINISTRATOR_EXISTS = 管理者は既に登録されています。追加の管理者は役割の付与により任命してください。
RefusalCode-ROLE_SCOPE_WRONG = この役割は指定の範囲では付与できません。申請者側の役割は事業者、管理者と監査担当は事業全体、その他は事業またはテーマを範囲とします。
RefusalCode-ROLE_ALREADY_ENDED = この役割は既に終了しています。
RefusalCode-TOKEN_ALREADY_REVOKED = このトークンは既に失効しています。
RefusalCode-CORPORATE_NUMBER_INVALID = 法人番号が正しくありません。先頭の検査用数字を含む13桁の数字で入力してください。

## 金額と日付

RefusalCode-AMOUNT_UNREADABLE = 「{ $text }」は金額として読み取れません。桁区切りのない数字で、通貨の小数桁数の範囲内で入力してください。
RefusalCode-AMOUNT_OUT_OF_RANGE = 金額が扱える範囲を超えています。数値を確認してください。
RefusalCode-AMOUNT_NOT_POSITIVE = 金額は0より大きい必要があります。
RefusalCode-CURRENCY_MISMATCH = 通貨が異なります。{ $expected }で入力してください（入力された通貨：{ $found }）。
RefusalCode-DATE_IN_PAST = { $date }は過去の日付です。本日以降の日付を指定してください。
RefusalCode-DATE_IN_FUTURE = { $date }は未来の日付です。本日以前の日付を指定してください。
RefusalCode-DATE_NOT_LATER = 現在の期日（{ $date }）より後の日付を指定してください。
RefusalCode-DATE_REQUIRED = この結論には期日が必要です。期日を指定してください。

## テーマ、予算、元帳

RefusalCode-THEME_NOT_PUBLISHED = テーマまたはゲート雛形が公開されていません。先に交付決定権者が公開する必要があります。
RefusalCode-ALREADY_PUBLISHED = 既に公開されているため変更できません。新しい版を作成してください。
RefusalCode-PUBLISHER_IS_AUTHOR = 起案者は自ら公開することができません。別の方が公開してください。
RefusalCode-TEMPLATE_UNSOUND = ゲート雛形に不備があります（「{ $place }」を確認してください）。前払・各段階・留保の合計は100%、段階番号は1からの連番とします。
RefusalCode-ENVELOPE_EXHAUSTED = { $budget_year }の予算枠が不足しています（残額：{ $left }）。金額を減らすか、先に予算を追加してください。
RefusalCode-ENVELOPE_MISSING = { $budget_year }の予算枠がこのテーマに配分されていません。先に予算枠を設定してください。
RefusalCode-NOTHING_TO_COMMIT = { $budget_year }の計画額はすべて負担行為済みです。
RefusalCode-TRANSFER_NOT_ALLOWED = 元帳では、「{ $kind }」を{ $from }から{ $to }へ行うことはできません。
RefusalCode-ACCOUNT_OVERDRAWN = 勘定「{ $account }」の残額が不足しています。

## 交付決定

RefusalCode-AWARD_NOT_READY = 交付決定が「{ $state }」の状態のため、「{ $operation }」を行うことはできません。
RefusalCode-AWARD_SUSPENDED = 交付決定は{ $until }まで一時停止中です（適正化法第13条）。停止が解除された後に行ってください。
RefusalCode-AWARD_NOT_SUSPENDED = 交付決定は一時停止されていません。
RefusalCode-NOTICE_ALREADY_RECORDED = 交付決定通知の受領日は既に別の日付で記録されています。
RefusalCode-NOTICE_BEFORE_DECISION = 通知の受領日を交付決定の日（{ $decided_on }）より前にすることはできません。
RefusalCode-WITHDRAWAL_TERM_OVER = 申請の取下げ期限（{ $ended_on }）を過ぎています（適正化法第9条）。事情の変更がある場合は、交付決定の取消し（第10条）について所管部署に相談してください。
RefusalCode-MONEY_ALREADY_RELEASED = この交付決定では既に交付の承認が行われています。取り消せる段階であれば、先に承認を取り消してください。

## 計画

RefusalCode-PLAN_WITHOUT_MILESTONES = 計画にマイルストーンがありません。一つ以上設定してください。
RefusalCode-PLAN_ORDINALS_WRONG = マイルストーンの番号が1以上の昇順になっていません。
RefusalCode-PLAN_CRITERIA_WRONG = マイルストーン{ $milestone }に達成基準がないか、同じ達成基準が重複しています。
RefusalCode-PLAN_SHARES_WRONG = マイルストーン{ $milestone }の達成基準の交付割合の合計が100%になっていません。
RefusalCode-PLAN_WEIGHTS_WRONG = マイルストーン{ $milestone }の達成基準の重みの合計が100%になっていません。
RefusalCode-PLAN_AMOUNT_NEGATIVE = 計画に0未満の金額があります（{ $amount }）。
RefusalCode-PLAN_TOTAL_DIFFERS = 計画の内訳の合計（{ $planned }）が交付決定額（{ $expected }）と一致しません。
RefusalCode-PLAN_CHANGE_OPEN = 審査中の計画変更申請があります。承認または不承認となるまでお待ちください。
RefusalCode-PLAN_CHANGE_ANSWERED = この計画変更申請は既に処理されています。さらに変更が必要な場合は、新たに申請してください。
RefusalCode-PLAN_CHANGE_PENDING = 事業者は{ $due }まで計画変更を申請できます。不承認となった後、または期日を過ぎた後に決定してください。
RefusalCode-TRANCHE_UNDER_SEAL = このマイルストーンと交付区分は封印されているため変更できません。先に達成報告を取り下げるか、ゲート審査を無効にしてください。
RefusalCode-CARRY_OVER_REQUIRED = { $budget_year }の予算は、繰越の手続なしに他の年度に使うことはできません。予算枠に戻すか、同じ年度のマイルストーンを指定するか、承認済みの翌年度への繰越を示してください。
RefusalCode-CARRY_TARGET_WRONG = 残額を移せるのは、後続の未着手（ロック中）のマイルストーンだけです。該当するマイルストーンを指定するか、予算枠に戻してください。
RefusalCode-CARRIED_MONEY_IN_USE = このゲートの残額は後続のマイルストーンに移されており、その後に提出または計画変更が行われています。先に後続の提出の取下げなどを行うか、計画変更で対応してください。
RefusalCode-REMAINDER_REQUIRED = 交付されない残額があります。予算枠に戻すか、後続のマイルストーンに移すかを決定してください。

## マイルストーンと達成報告

RefusalCode-MILESTONE_LOCKED = 先行するマイルストーンが完了していないため、このマイルストーンにはまだ着手できません。
RefusalCode-MILESTONE_NOT_READY = マイルストーンが「{ $state }」の状態のため、「{ $operation }」を行うことはできません。
RefusalCode-MILESTONE_NOT_HELD = このマイルストーンは保留されていません。
RefusalCode-ALREADY_SUBMITTED = 達成報告は既に提出されています。修正するには、ゲート審査の招集前に取り下げてください。
RefusalCode-NOTHING_SUBMITTED = このマイルストーンの達成報告はまだ提出されていません。
RefusalCode-DRAFT_MISSING = 下書きがありません。提出する前に作成してください。
RefusalCode-KPI_VALUE_MISSING = 達成基準「{ $criterion }」の実績値が入力されていません。入力してください。
RefusalCode-KPI_VALUE_UNREADABLE = 達成基準「{ $criterion }」の実績値を読み取れません。数字（10進数）で入力してください。
RefusalCode-EVIDENCE_MISSING = 達成基準「{ $criterion }」に必要な証拠資料（{ $kind }）がありません。添付してください。
RefusalCode-EVIDENCE_TOO_LARGE = ファイルの大きさが上限（{ $bytes_max }バイト）を超えています。分割または圧縮してください。
RefusalCode-EVIDENCE_EMPTY = ファイルが空です。
RefusalCode-EVIDENCE_TYPE_NOT_ACCEPTED = この形式のファイルは受け付けられません（{ $media_type }）。PDFなどに変換してください。
RefusalCode-EVIDENCE_NOT_STORED = このファイルはアップロードされていません。先にアップロードしてから添付してください。
RefusalCode-CRITERION_UNKNOWN = このマイルストーンに達成基準「{ $criterion }」はありません。
RefusalCode-ROUNDS_EXHAUSTED = 審査の回数が上限（{ $rounds_max }回）に達しているため、再提出を求めることはできません。他の結論を選択してください。
RefusalCode-FAILURE_CONTINUED = 不通過のまま後続のマイルストーンを継続することが既に決定されており、元に戻すことはできません。

## ゲート審査

RefusalCode-GATE_NOT_CONVENED = この達成報告のゲート審査はまだ招集されていません。
RefusalCode-GATE_ALREADY_CONVENED = この達成報告のゲート審査は既に招集されています。
RefusalCode-GATE_ALREADY_RECOMMENDED = 答申が済んでいるため、申告と判定は締め切られました。
RefusalCode-GATE_NOT_RECOMMENDED = まだ答申がありません。先に審査委員長が答申する必要があります。
RefusalCode-GATE_ALREADY_DECIDED = このゲート審査は既に決定されています。
RefusalCode-GATE_VOIDED = このゲート審査は無効とされています。新たに招集する必要があります。
RefusalCode-GATE_MONEY_INSTRUCTED = このゲート審査に基づく支払が支払依頼に含まれています。先に支払依頼を取り消してください。
RefusalCode-GATE_MONEY_SENT = このゲート審査に基づく支払が既に銀行に送られているため、無効にできません。交付決定権者への指摘事項として扱われます。
RefusalCode-SEAL_MISMATCH = 登録内容が封印時の内容と一致しません。手続を進めることはできないため、ゲート審査を無効にする必要があります。
RefusalCode-SEAL_NOT_THE_GATES = 判定の対象の封印がこのゲート審査のものと異なります。再読込のうえ、表示された内容について判定してください。
RefusalCode-CHAIR_AND_DEPUTY_REQUIRED = 審査委員会には委員長と副委員長が各1名必要です。指名してください。
RefusalCode-MEMBER_TWICE_ON_ROSTER = 名簿に同じ人が重複しています。各人を一度だけ記載してください。
RefusalCode-MEMBER_NOT_IN_POOL = この方はテーマの審査員・委員長の候補者に含まれていません。候補者の中から選んでください。
RefusalCode-APPLICANT_ON_ROSTER = 申請者側の関係者はその審査に加わることができません。別の方を選んでください。
RefusalCode-NOT_ON_ROSTER = この方はこのゲート審査の名簿に載っていません。
RefusalCode-MEMBER_RECUSED = この審査員は忌避・回避により、このゲート審査に関与できません。
RefusalCode-MEMBER_ALREADY_RECUSED = この審査員は既に審査から外れています。
RefusalCode-MEMBER_REPLACED = この審査員は交代しており、このゲート審査の委員ではありません。
RefusalCode-MEMBER_DOES_NOT_VOTE = この委員には判定権がありません。
RefusalCode-DECLARATION_REQUIRED = 先に、このゲート審査についての利益相反を申告してください。該当がない場合も申告が必要です。
RefusalCode-MEMBER_HAS_VOTED = この審査員は既に判定しています。新たに判明した利益相反は「事後判明」として記録してください。
RefusalCode-CONFLICT_REQUIRED = 回避の理由となる利益相反を指定してください。
RefusalCode-SCORE_OUT_OF_RANGE = 評点は1から10までです（入力値：{ $score }）。
RefusalCode-FINDING_MISSING = 達成基準「{ $criterion }」の所見がありません。すべての達成基準について判定してください。
RefusalCode-QUORUM_NOT_MET = 定足数に達していません（判定{ $votes }件、必要{ $votes_needed }件）。または、判定者の所属機関の数が不足しています。
RefusalCode-QUORUM_UNREACHABLE = このゲート審査は定足数を満たせなくなりました（判定できる委員{ $eligible }名、必要{ $votes_needed }件。所属機関の数の不足、または委員長・副委員長の不在を含みます）。委員を交代させるか、無効にして新たに招集してください。
RefusalCode-VOTES_PENDING = 未判定の委員が{ $missing }名います。全員の判定後、または期限（{ $deadline_on }）の経過後に答申できます。
RefusalCode-NOT_THE_PANELS_CHAIR = 答申できるのは審査委員長だけです。委員長が審査に関与できない場合に限り、副委員長が行います。
RefusalCode-MAJORITY_DECIDES = 過半数の判定は「{ $outcome }」です。これと異なる答申はできません。
RefusalCode-PICK_AMONG_LEADERS_REQUIRED = 過半数に達した結論がありません。最多の結論の中から選び、理由を記入してください：{ $outcomes }。
RefusalCode-BLOCKING_CRITERION_UNMET = 必須の達成基準「{ $criterion }」が満たされていないため、この結論は選べません。
RefusalCode-PARTIAL_SHARE_NOT_PART = 一部通過とするには、達成割合が0%を超え100%未満である必要があります（満たされた基準の合計：{ $share }）。
RefusalCode-CONDITIONS_REQUIRED = 条件付き通過には一つ以上の条件が必要です。条件を定めてください。
RefusalCode-OUTCOME_NOT_OPEN = ここでは「{ $outcome }」を選ぶことはできません。他の結論を選択してください。

## 条件

RefusalCode-CONDITIONS_PENDING = 未了の必須条件があります。先に充足を確認するか、不充足と認定してください。
RefusalCode-CONDITION_UNMET = 必須条件が不充足と認定されています。今後の取扱いは交付決定権者が決定します。
RefusalCode-CONDITION_ALREADY_ANSWERED = この条件は既に処理されています（状態：{ $state }）。
RefusalCode-BLOCKING_CONDITION_NOT_WAIVABLE = 必須条件は免除できません。充足の確認、期限の延長または不充足の認定を行ってください。
RefusalCode-NOT_THE_VERIFIER = この条件の確認者は別の方です。指定された確認者に依頼してください。

## 交付区分

RefusalCode-RELEASE_BLOCKED = 交付の承認ができません。妨げとなっている事項：{ $blockers }。
RefusalCode-TRANCHE_NOT_READY = 交付区分が「{ $state }」の状態のため、「{ $operation }」を行うことはできません。
RefusalCode-TRANCHE_ALREADY_RELEASED = この交付区分は既に交付が承認されています。
RefusalCode-TRANCHE_NOT_RELEASED = この交付区分は交付が承認されていません。
RefusalCode-TRANCHE_ALREADY_INSTRUCTED = この交付区分は支払手続に入っているため、承認を取り消せません。
RefusalCode-TRANCHE_TOO_SMALL = 変更額が対象の交付区分の額を超えています。変更額を減らすか、別の交付区分を指定してください。
RefusalCode-YEAR_STILL_OPEN = この年度の予算は{ $until }まで支出できます。不用とするのはその翌日以降です。
RefusalCode-YEAR_CLOSED = この年度の予算を使えるのは{ $closed_on }まででした。計画変更で支払を後の年度に移してください。

## 支払

RefusalCode-BANK_UNKNOWN = 金融機関コード{ $bank }の金融機関は一覧にありません。コードを確認してください。
RefusalCode-BRANCH_UNKNOWN = 金融機関{ $bank }に支店コード{ $branch }の支店はありません。コードを確認してください。
RefusalCode-NAME_NOT_WRITABLE = 口座名義の{ $place }文字目「{ $character }」は銀行で使えない文字です。通帳に記載されたカナで入力してください。
RefusalCode-NAME_TOO_LONG = 口座名義が長すぎます（{ $chars }文字、上限{ $chars_max }文字。濁点・半濁点も1文字と数えます）。
RefusalCode-NAME_EMPTY = 口座名義を入力してください。
RefusalCode-VALUE_DATE_NO_BUSINESS_DAY = { $date }は銀行の営業日ではありません。{ $next }以降の営業日を指定してください。
RefusalCode-VALUE_DATE_TOO_EARLY = 振込指定日は{ $earliest }以降の営業日を指定してください。
RefusalCode-PAYEE_ACCOUNT_ANSWERED = この口座は既に処理されています（状態：{ $state }）。
RefusalCode-CALL_BACK_CONTACT_NOT_KNOWN = 折返し確認は、口座変更の申出より前から登録されている連絡先に対して行ってください。
RefusalCode-CONFIRMER_OF_PAYEE = 口座の確認は、支払先の事業者に所属している人、又は利益相反とみなされる年数以内に所属していた人が行うことはできません。別の方に依頼してください。
RefusalCode-CALL_BACK_TO_ONESELF = 自分自身への折返し確認は認められません。口座変更の申出より前から登録されている事業者の担当者に確認してください。
RefusalCode-PAYEE_ACCOUNT_ALTERED = 口座（第{ $version }版）の内容が、届出時又は確認時の記録と一致しません。この口座には支払わず、帳簿の検証を行ってください。
RefusalCode-CALL_BACK_BEFORE_CHANGE = 折返し確認は、口座変更の申出日（{ $proposed_on }）以後に行う必要があります。
RefusalCode-DUTIES_COLLIDE = この支払で「{ $held }」の役割を担っている人は、「{ $duty }」を兼ねることができません。別の方に依頼してください。
RefusalCode-PAYMENT_BLOCKED = 支払依頼に支払えない行があります。行（交付決定/交付区分）と妨げとなっている事項：{ $rows }。
RefusalCode-PAYMENT_NOT_SENT = この支払指図はまだ銀行に送られていません。
RefusalCode-PAYMENT_ALREADY_SENT = この支払指図は既に銀行に送られています。
RefusalCode-PAYMENT_ALREADY_SETTLED = この支払は既に着金が確認されています。
RefusalCode-PAYMENT_BOUNCED = この支払は銀行から返却されています。原因を解消したうえで、新たに支払指図を行ってください。
RefusalCode-PAYMENT_WITHDRAWN = この支払指図は支払依頼の取消しにより無効です。
RefusalCode-BOUNCE_NOT_CLEARED = 銀行から返却された原因が解消されていません。口座を変更するか、講じた措置を記入してください。
RefusalCode-BATCH_EMPTY = 支払依頼に支払が含まれていません。一つ以上選択してください。
RefusalCode-BATCH_TOO_LARGE = 支払依頼が銀行の上限（{ $rows_max }件、合計{ $total_max }円）を超えています。分割してください。
RefusalCode-PAYMENT_TOO_LARGE = 金額が1件の上限（{ $amount_max }円）を超えています。
RefusalCode-BATCH_ROWS_UNFIT = 銀行に渡せない行があります。{ $faults }
RefusalCode-REFERENCE_NOT_WRITABLE = 照会番号「{ $reference }」は銀行で使えません（英大文字・数字・空白・( ) - / . で{ $chars_max }文字以内）。
RefusalCode-PUBLISHER_MISSING = この事業の公開データの公表者が定められていません（その時点で定められていなかった場合を含みます）。事業の統括者が定めてください。
RefusalCode-NOTHING_PUBLISHED = その時点で受諾された交付決定がこの事業になく、公開するものがありません。
RefusalCode-ORIGINATOR_MISSING = 支払元口座が定められていません（承認の時点で定められていなかった場合を含みます）。
RefusalCode-BATCH_FILE_DIFFERS = 最初に取り出されたファイル（SHA-256：{ $sha256 }）と内容が一致しないため、取り出せません。最初のファイルをお使いください。
RefusalCode-BATCH_DIFFERS = 支払依頼の内容が承認時のものと異なります（最初に異なる行：{ $row }）。取り消して作り直してください。
RefusalCode-BATCH_ALREADY_REVIEWED = この支払依頼は既に点検されています。
RefusalCode-BATCH_ALREADY_APPROVED = この支払依頼は既に承認されています。
RefusalCode-BATCH_NOT_APPROVED = この支払依頼はまだ承認されていません。作成者以外の方の承認が必要です。
RefusalCode-BATCH_ALREADY_EXPORTED = この支払依頼は既に銀行に送られています。
RefusalCode-AS_OF_NOT_CLOSED = その時点の帳簿はまだ締まっていません。30秒以上前の時点を指定してください。
RefusalCode-FILE_OF_WHOLE_PROGRAMME = このファイルは事業全体のものです。事業全体について役割を持つ方だけが取得できます。
RefusalCode-BATCH_NOT_EXPORTED = この支払依頼はまだ出力されていません。内容は出力後に限り取り出せます。
RefusalCode-BATCH_CANCELLED = この支払依頼は取り消されています。新たに作成してください。
RefusalCode-SETTLEMENT_LINE_RESOLVED = この着金結果は処理済みです（{ $state }）。
RefusalCode-SETTLEMENT_UNMATCHED = 着金結果がこの支払と一致しません（{ $why }）。別の支払を選ぶか、対象外としてください。
RefusalCode-SETTLEMENT_CONTRADICTS = 着金結果がこの支払の記録と矛盾しています（{ $why }）。金融機関に確認してください。
RefusalCode-RECEIPT_TAKEN_BACK = この納付の記録は取り消されています。納付を改めて記録してください。
RefusalCode-RECEIPT_REFUNDED = この納付の一部は既に還付されているため、取り消せません。
RefusalCode-RECEIPT_FOLLOWED = この納付の後に、返還命令への納付・相殺・免除が記録されています。後の納付を先に取り消すか、最新の内容を確認してください。
RefusalCode-RETURN_ENDED = この返還命令は、その後に債権放棄又は撤回されています。それ以前の納付は取り消せません。
RefusalCode-AWARD_CLOSED = 交付決定は完了しています。納付の記録は変更できません。
RefusalCode-SETTLEMENT_REPEATED = 同じ着金結果が既に記録されています。対象外としてください。
RefusalCode-SETTLEMENT_NOT_BY_HAND = この結果は銀行のファイルによるものです。取り消せるのは、人が記録し、又は照合した結果に限られます。
RefusalCode-SETTLEMENT_TAKEN_BACK = この結果は既に取り消されています。
RefusalCode-SETTLEMENT_FOLLOWED = この結果を前提とする後続の記録（別の結果、原因の解消、再度の支払又は交付承認の取消し）があるため、取り消せません。
RefusalCode-SETTLEMENT_PART_DIFFERS = 同じ名前のファイルの第{ $part }部（全{ $parts }部）は、別の内容で取込み済みです。別のファイルには別の名前を付けてください。
RefusalCode-BOUNCE_ALREADY_CLEARED = 原因が解消されたことは既に記録されています。
