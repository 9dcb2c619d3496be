import {
  type Analysis,
  type Answer,
  americanDate,
  type EncounterRef,
  type OrderDetails,
  type OrderKey,
  type PayerState,
  type ResourceCompleteness,
  type ReviewState,
  reviewStatesBefore,
  statesAssessedAgain,
  toSearchText,
} from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { WorkItemSubject } from './events.ts'
import { historyRows } from './history.ts'
import type { PageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'
import { needsDecision } from './write-backs.ts'

type WorkItemRow = Selectable<Schema['work_items']>
interface WorkItemState {
  readonly has_form: boolean
  /** Its approved form may be in the chart, and a person has to say whether it is. */
  readonly needs_decision: boolean
}
export type WorkItemDetailRow = WorkItemRow & WorkItemState
export type WorkItemListRow = Pick<WorkItemRow, (typeof listColumns)[number]> & WorkItemState
export type FormRow = Selectable<Schema['forms']>
export type FormSummaryRow = Omit<FormRow, 'pdf' | 'document'> & { readonly size_bytes: number }

export interface DraftedWorkItem {
  readonly encounter: EncounterRef
  readonly patientInitials: string | null
  /** Family name first, for sorting; without it a list sorts by `details.patientName`. */
  readonly patientSortName?: string | null
  readonly details: OrderDetails
  /** Family name first, for sorting; without it a list sorts by `details.providerName`. */
  readonly providerSortName?: string | null
  /** Of an urgent order: the last day of its 72 hours. */
  readonly expeditedDueOn?: string | null
  readonly transactionId: string
  readonly review: ReviewState
  /** Of the rules; what people changed is stored separately. */
  readonly analysis: Analysis
  /** Questions without a yes or no, after what people changed. */
  readonly openQuestionCount: number
  readonly completeness: readonly ResourceCompleteness[]
  readonly form: DraftedForm | undefined
}

/** The version that a person saw, and the states in which they may change it. */
export interface VersionSeen {
  readonly workItemId: string
  readonly version: number
  /** The states in which the decision is possible. */
  readonly from: readonly ReviewState[]
}

export interface WorkItemChanges {
  readonly review?: ReviewState
  readonly open_question_count?: number
  readonly urgency?: 'standard' | 'urgent' | null
  readonly expedited_due_on?: string | null
  readonly owner?: string
  readonly handed_over_at?: Date
  readonly payer_state?: PayerState | null
  readonly closed_reason?: string | null
  readonly asked_of?: string | null
  readonly asked_what?: string | null
  readonly asked_due_on?: string | null
  readonly asked_by?: string | null
  readonly asked_at?: Date | null
}

export type ChangedWorkItem = WorkItemSubject & { readonly version: number }
export type LockedWorkItem = WorkItemSubject & Pick<WorkItemRow, (typeof lockedColumns)[number]>

export interface DraftedForm {
  readonly pdf: Uint8Array
  readonly sha256: string
  readonly pages: number
  readonly continuedRoles: readonly string[]
  /** FormFields that the payer requires and that are blank, because nothing is known. */
  readonly missingFields: readonly string[]
  readonly notices?: readonly string[]
  /** Whether it has a box in which the requesting provider signs. @default false */
  readonly hasSignatureBox?: boolean
  /** The uploaded form that was filled; absent: our own form, or one of the configuration. */
  readonly payerForm?: { readonly formId: string; readonly version: number } | undefined
}

/** Without the analysis, which is large. */
const subjectColumns = [
  'work_item_id',
  'practice_id',
  'patient_id',
  'encounter_id',
  'transaction_id',
  'service_request_id',
  'procedure_code',
  'review',
] as const satisfies readonly (keyof WorkItemSubject)[]

/** What a decision about an item depends on. */
const lockedColumns = [
  'version',
  'analysis',
  'owner',
  'payer_state',
  'asked_of',
  'asked_by',
  'asked_at',
  'created_at',
] as const satisfies readonly (keyof WorkItemRow)[]

/** What a list shows. The analysis, the completeness and the PDF of an item can be a megabyte. */
const listColumns = [
  'ordinal',
  'work_item_id',
  'practice_id',
  'encounter_id',
  'patient_id',
  'patient_initials',
  'service_request_id',
  'order_type',
  'procedure_code',
  'order_description',
  'policy_id',
  'policy_title',
  'review',
  'recommendation',
  'confidence',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof WorkItemRow)[]

export function workItemRows(db: Kysely<Schema>) {
  const inScope = (scope: Scope) =>
    db
      .selectFrom('work_items')
      .leftJoin('forms', 'forms.work_item_id', 'work_items.work_item_id')
      .select((eb) => [
        eb('forms.work_item_id', 'is not', null).$castTo<boolean>().as('has_form'),
        eb
          .exists(
            eb
              .selectFrom('write_backs')
              .select('write_backs.ordinal')
              .whereRef('write_backs.work_item_id', '=', 'work_items.work_item_id')
              .where(needsDecision),
          )
          .$castTo<boolean>()
          .as('needs_decision'),
      ])
      .where('work_items.practice_id', 'in', scope.practiceIds)

  return {
    /**
     * Writes one order's result: a new item, or a new version of the drafted one, with its line in the history. Returns undefined, without
     * a change, for an item that a person has approved or closed.
     */
    async saveDraft(item: DraftedWorkItem, now: Date): Promise<WorkItemSubject | undefined> {
      const { encounter, analysis, details } = item
      const answers = analysis.outcome === 'assessed' ? analysis.answers : []
      const result = {
        patient_initials: item.patientInitials,
        patient_name: details.patientName,
        birth_date: details.birthDate,
        record_number: details.recordNumber,
        member_id: details.memberId,
        payer_name: details.payerName,
        plan_name: details.planName,
        provider_name: details.providerName,
        provider_sort_name: item.providerSortName ?? null,
        planned_on: details.plannedOn,
        expedited_due_on: item.expeditedDueOn ?? null,
        urgency: details.urgency,
        question_count: answers.length,
        open_question_count: item.openQuestionCount,
        search_text: searchTextOf(item),
        patient_sort_name: item.patientSortName ?? null,
        transaction_id: item.transactionId,
        procedure_code: analysis.order.procedureCode ?? null,
        order_description: analysis.order.description ?? null,
        policy_id: analysis.outcome === 'assessed' ? analysis.policy.policyId : null,
        policy_title: analysis.outcome === 'assessed' ? analysis.policy.title : null,
        review: item.review,
        recommendation: analysis.recommendation,
        confidence: analysis.outcome === 'assessed' ? analysis.confidence : null,
        analysis: JSON.stringify(analysis),
        completeness: JSON.stringify(item.completeness),
        updated_at: now,
      }
      const saved = await db
        .insertInto('work_items')
        .values({
          practice_id: encounter.practiceId,
          encounter_id: encounter.encounterId,
          patient_id: encounter.patientId,
          service_request_id: analysis.order.serviceRequestId,
          order_type: analysis.order.orderType,
          version: 1,
          created_at: now,
          ...result,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['practice_id', 'encounter_id', 'order_type', 'service_request_id'])
            .doUpdateSet((eb) => ({ ...result, version: eb('work_items.version', '+', 1) }))
            .where('work_items.review', 'in', statesAssessedAgain),
        )
        .returning([...subjectColumns, 'version'])
        .returning(answersBefore.as('answers_before'))
        .executeTakeFirst()
      if (saved === undefined) return undefined
      await this.replaceForm(saved.work_item_id, saved.version, item.form, now)
      await historyRows(db).add(
        {
          workItemId: saved.work_item_id,
          version: saved.version,
          kind: 'drafted',
          data: {
            recommendation: analysis.recommendation,
            ...(saved.answers_before === null
              ? {}
              : { changedAnswers: changedAnswers(saved.answers_before, answers) }),
          },
        },
        now,
      )
      return saved
    },

    async replaceForm(
      workItemId: string,
      version: number,
      form: DraftedForm | undefined,
      now: Date,
    ): Promise<void> {
      if (form === undefined) {
        await db.deleteFrom('forms').where('work_item_id', '=', workItemId).execute()
        return
      }
      const values = {
        version,
        pdf: toBuffer(form.pdf),
        sha256: form.sha256,
        pages: form.pages,
        continued_roles: JSON.stringify(form.continuedRoles),
        missing_fields: JSON.stringify(form.missingFields),
        notices: JSON.stringify(form.notices ?? []),
        has_signature_box: form.hasSignatureBox ?? false,
        document: null,
        document_sha256: null,
        document_pages: null,
        filled_at: now,
        payer_form_id: form.payerForm?.formId ?? null,
        payer_form_version: form.payerForm?.version ?? null,
      }
      await db
        .insertInto('forms')
        .values({ work_item_id: workItemId, ...values })
        .onConflict((conflict) => conflict.column('work_item_id').doUpdateSet(values))
        .execute()
    },

    /**
     * Stores the same form with another mark. `filled_at` stays, because its day is the day of the request on the form. `document` is the
     * approved document if it is more than the form; without it, an earlier one is removed.
     */
    async replaceMark(
      workItemId: string,
      version: number,
      { pdf, sha256 }: Pick<DraftedForm, 'pdf' | 'sha256'>,
      document?: Pick<DraftedForm, 'pdf' | 'sha256' | 'pages'>,
    ): Promise<void> {
      await db
        .updateTable('forms')
        .set({
          version,
          pdf: toBuffer(pdf),
          sha256,
          document: document === undefined ? null : toBuffer(document.pdf),
          document_sha256: document?.sha256 ?? null,
          document_pages: document?.pages ?? null,
        })
        .where('work_item_id', '=', workItemId)
        .execute()
    },

    /** Supersedes the items of an encounter whose orders no longer exist: all but those of `kept`. */
    async supersede(
      encounter: Pick<EncounterRef, 'practiceId' | 'encounterId'>,
      kept: readonly OrderKey[],
      now: Date,
    ): Promise<readonly WorkItemSubject[]> {
      const superseded = await db
        .updateTable('work_items')
        .set((eb) => ({
          review: 'superseded' as const,
          version: eb('version', '+', 1),
          updated_at: now,
        }))
        .where('practice_id', '=', encounter.practiceId)
        .where('encounter_id', '=', encounter.encounterId)
        .where('review', 'in', reviewStatesBefore('superseded'))
        .$if(kept.length > 0, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(
              refTuple('order_type', 'service_request_id'),
              'not in',
              kept.map((order) => tuple(order.orderType, order.serviceRequestId)),
            ),
          ),
        )
        .returning([...subjectColumns, 'version'])
        .execute()
      await historyRows(db).addAll(
        superseded.map((item) => ({
          workItemId: item.work_item_id,
          version: item.version,
          kind: 'superseded',
        })),
        now,
      )
      return superseded
    },

    /**
     * Applies a person's changes to exactly this version; undefined if the item has another version, or is not in one of the states `from`.
     */
    async change(
      { workItemId, version, from }: VersionSeen,
      changes: WorkItemChanges,
      now: Date,
    ): Promise<ChangedWorkItem | undefined> {
      return db
        .updateTable('work_items')
        .set((eb) => ({ ...changes, version: eb('version', '+', 1), updated_at: now }))
        .where('work_item_id', '=', workItemId)
        .where('version', '=', version)
        .where('review', 'in', from)
        .returning([...subjectColumns, 'version'])
        .executeTakeFirst()
    },

    /** Records that the approved form is in the chart. Undefined if the approval no longer stands: then the item is left to people. */
    async markInChart(
      workItemId: string,
      approvedVersion: number,
      now: Date,
    ): Promise<ChangedWorkItem | undefined> {
      return db
        .updateTable('work_items')
        .set((eb) => ({ review: 'submitted', version: eb('version', '+', 1), updated_at: now }))
        .where('work_item_id', '=', workItemId)
        .where('review', '=', 'approved')
        .where(isNewestApproval(approvedVersion))
        .returning([...subjectColumns, 'version'])
        .executeTakeFirst()
    },

    /** Whether the approval of exactly this version stands. In a transaction, it cannot be withdrawn until that ends. */
    async isApproved(workItemId: string, version: number): Promise<boolean> {
      const row = await db
        .selectFrom('work_items')
        .select('work_item_id')
        .where('work_item_id', '=', workItemId)
        .where('review', '=', 'approved')
        .where(isNewestApproval(version))
        .forShare()
        .executeTakeFirst()
      return row !== undefined
    },

    /** Locks the item until the transaction ends, after waiting for others who change it. */
    async lock(scope: Scope, workItemId: string): Promise<LockedWorkItem | undefined> {
      return db
        .selectFrom('work_items')
        .select([...subjectColumns, ...lockedColumns])
        .where('work_item_id', '=', workItemId)
        .where('practice_id', 'in', scope.practiceIds)
        .forUpdate()
        .executeTakeFirst()
    },

    /** The columns that identify its order. */
    async subject(scope: Scope, workItemId: string): Promise<WorkItemSubject | undefined> {
      return db
        .selectFrom('work_items')
        .select(subjectColumns)
        .where('work_item_id', '=', workItemId)
        .where('practice_id', 'in', scope.practiceIds)
        .executeTakeFirst()
    },

    /** The same for several; those outside of the scope are left out. */
    async subjects(
      scope: Scope,
      workItemIds: readonly string[],
    ): Promise<readonly WorkItemSubject[]> {
      return db
        .selectFrom('work_items')
        .select(subjectColumns)
        .where('work_item_id', 'in', workItemIds)
        .where('practice_id', 'in', scope.practiceIds)
        .execute()
    },

    async practiceOf(scope: Scope, workItemId: string): Promise<string | undefined> {
      const row = await inScope(scope)
        .select('work_items.practice_id')
        .where('work_items.work_item_id', '=', workItemId)
        .executeTakeFirst()
      return row?.practice_id
    },

    async find(scope: Scope, workItemId: string): Promise<WorkItemDetailRow | undefined> {
      return inScope(scope)
        .selectAll('work_items')
        .where('work_items.work_item_id', '=', workItemId)
        .executeTakeFirst()
    },

    async list(
      scope: Scope,
      filter: { review: ReviewState | undefined; encounterId: string | undefined },
      page: PageRequest,
    ): Promise<readonly WorkItemListRow[]> {
      return inScope(scope)
        .select(listColumns.map((column) => `work_items.${column}` as const))
        .$if(filter.review !== undefined, (query) =>
          query.where('review', '=', filter.review ?? 'closed'),
        )
        .$if(filter.review === undefined, (query) => query.where('review', '<>', 'superseded'))
        .$if(filter.encounterId !== undefined, (query) =>
          query.where('encounter_id', '=', filter.encounterId ?? ''),
        )
        .$if(page.after !== undefined, (query) => query.where('ordinal', '<', page.after ?? 0))
        .orderBy('ordinal', 'desc')
        .limit(page.limit)
        .execute()
    },

    /** A form without its PDF. */
    async formSummary(scope: Scope, workItemId: string): Promise<FormSummaryRow | undefined> {
      return db
        .selectFrom('forms')
        .innerJoin('work_items', 'work_items.work_item_id', 'forms.work_item_id')
        .select([
          'forms.work_item_id',
          'forms.version',
          'forms.sha256',
          'forms.pages',
          'forms.continued_roles',
          'forms.missing_fields',
          'forms.notices',
          'forms.filled_at',
          'forms.document_sha256',
          'forms.document_pages',
          'forms.has_signature_box',
          'forms.payer_form_id',
          'forms.payer_form_version',
          sql<number>`octet_length(forms.pdf)`.as('size_bytes'),
        ])
        .where('forms.work_item_id', '=', workItemId)
        .where('work_items.practice_id', 'in', scope.practiceIds)
        .executeTakeFirst()
    },

    async form(scope: Scope, workItemId: string): Promise<FormRow | undefined> {
      return db
        .selectFrom('forms')
        .innerJoin('work_items', 'work_items.work_item_id', 'forms.work_item_id')
        .selectAll('forms')
        .where('forms.work_item_id', '=', workItemId)
        .where('work_items.practice_id', 'in', scope.practiceIds)
        .executeTakeFirst()
    },
  }
}

const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength)

/** The previous answers of the rules: the statement that writes the new ones still sees them. Null for a new item. */
const answersBefore = sql<readonly Pick<Answer, 'criterionId' | 'answer'>[] | null>`(
  select coalesce(jsonb_path_query_array(before.analysis, '$.answers[*]'), '[]') from work_items before
   where before.work_item_id = work_items.work_item_id)`

/** How many questions have a different answer, are new, or no longer exist. */
function changedAnswers(
  before: readonly Pick<Answer, 'criterionId' | 'answer'>[],
  after: readonly Answer[],
): number {
  const toMap = (answers: typeof before) =>
    new Map(answers.map(({ criterionId, answer }) => [criterionId, answer]))
  const [was, is] = [toMap(before), toMap(after)]
  const all = new Set([...was.keys(), ...is.keys()])
  return [...all].filter((criterionId) => was.get(criterionId) !== is.get(criterionId)).length
}

/** Whether there is no later approval of the work item. Other changes of an approved item do not end its approval. */
const isNewestApproval = (version: number) =>
  sql<boolean>`${version} = (select max(write_backs.version) from write_backs
    where write_backs.work_item_id = work_items.work_item_id)`

/** What people search an order by: name, birth date, MRN, member id, payer, provider, order, code and encounter. */
function searchTextOf({ details, analysis: { order }, encounter }: DraftedWorkItem): string {
  const { birthDate } = details
  const parts = [
    details.patientName,
    birthDate,
    birthDate === null ? null : americanDate(birthDate),
    details.recordNumber,
    details.memberId,
    details.payerName,
    details.providerName,
    order.description,
    order.procedureCode,
    encounter.encounterId,
  ]
  return toSearchText(parts.filter((part) => part !== undefined && part !== null).join('\n'))
}
