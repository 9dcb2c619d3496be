import type { OrderStage, QueueSort, QueueView } from '@authscript/prior-auth'
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { WorkItemSubject } from './events.ts'
import type { Schema } from './schema.ts'
import type { KeysetPageRequest, Scope } from './scope.ts'
import { needsDecision } from './write-backs.ts'

type Stage = Exclude<OrderStage, 'filing_failed'>

/** Stages in which nothing is left to do. An order in any other stage waits for a person, now or after the gateway has filed its form. */
const finishedStages = ['not_required', 'authorized', 'denied', 'closed'] as const
const unfinishedStages = [
  'needs_information',
  'information_asked',
  'not_met',
  'no_criteria',
  'ready_to_sign',
  'filing',
  'to_send',
  'waiting_for_payer',
  'more_information_asked',
] as const satisfies readonly Stage[]

/** The stages of each view. Superseded orders are in none. What failed is found by its write-back: see `unfiled`. */
const stagesOf: Readonly<Record<Exclude<QueueView, 'failed'>, readonly Stage[]>> = {
  // Somebody may be mentioned in a note of a finished order, too: see `itemsOf`.
  mine: [...unfinishedStages, ...finishedStages],
  open: unfinishedStages,
  needs_information: ['needs_information', 'not_met'],
  information_asked: ['information_asked'],
  no_criteria: ['no_criteria'],
  ready_to_sign: ['ready_to_sign'],
  to_send: ['to_send'],
  waiting_for_payer: ['waiting_for_payer', 'more_information_asked'],
  all: [...unfinishedStages, ...finishedStages],
}

export interface QueueFilter {
  readonly view: QueueView
  /** The label of the person whose orders are `mine`. */
  readonly person: string
  /** All must occur; the result of `searchWordsOf`. */
  readonly words: readonly string[]
  /** Exact matches; an empty text matches orders without one. */
  readonly payer?: string | undefined
  readonly provider?: string | undefined
  readonly owner?: string | undefined
}

export interface QueueOrder {
  readonly sort: QueueSort
  readonly direction: 'asc' | 'desc'
}

/** Where a page ended: `value` is the `sort_value` of its last row. */
export interface QueuePosition {
  readonly ordinal: number
  readonly value: string | null
}

const rowColumns = [
  'ordinal',
  'work_item_id',
  'practice_id',
  'encounter_id',
  'patient_id',
  'patient_name',
  'birth_date',
  'record_number',
  'member_id',
  'payer_name',
  'plan_name',
  'provider_name',
  'planned_on',
  'due_on',
  'urgency',
  'procedure_code',
  'order_description',
  'policy_title',
  'question_count',
  'open_question_count',
  'owner',
  'review',
  'payer_state',
  'handed_over_at',
  'asked_of',
  'asked_what',
  'asked_due_on',
  'asked_by',
  'asked_at',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof Schema['work_items'])[]

export type QueueItemRow = Pick<Selectable<Schema['work_items']>, (typeof rowColumns)[number]> & {
  /** The newest write-back, if it failed or waits for a person's decision. */
  readonly failed_state: 'failed' | 'ambiguous' | null
  readonly failed_code: string | null
  readonly failed_needs_decision: boolean | null
  /** A note mentions the person, who has not read it yet. */
  readonly mentions_me: boolean
  /**
   * The value by which it is sorted, as text that PostgreSQL can parse; null for orders without one, which come last in either direction.
   */
  readonly sort_value: string | null
}

export interface QueueCounts {
  readonly views: Readonly<Record<QueueView, number>>
  readonly encounters: { readonly inProgress: number; readonly failed: number }
  readonly payers: readonly string[]
  readonly providers: readonly string[]
  /** The labels of people who have orders. */
  readonly owners: readonly string[]
}

/** An order that is to be assigned, with its present owner. */
export type AssignedItem = WorkItemSubject &
  Pick<Selectable<Schema['work_items']>, 'owner' | 'version'>

interface SortKey {
  readonly key: RawBuilder<unknown>
  /** `key` as text that `toValue` reads without loss. */
  readonly text: RawBuilder<string | null>
  toValue(text: string): RawBuilder<unknown>
}

/** Sorted by code points, because collations differ between servers, and so would the order of a list. */
const byText = (column: RawBuilder<unknown>): SortKey => {
  const key = sql`(${column}) collate "C"`
  return { key, text: sql`${key}`, toValue: (text) => sql`${text}::text collate "C"` }
}

const sortKeys: Readonly<Record<QueueSort, SortKey>> = {
  due: {
    key: sql`w.due_on`,
    text: sql`w.due_on::text`,
    toValue: (text) => sql`${text}::date`,
  },
  patient: byText(sql`coalesce(w.patient_sort_name, lower(w.patient_name))`),
  order: byText(sql`lower(w.order_description)`),
  payer: byText(sql`lower(w.payer_name)`),
  provider: byText(sql`coalesce(w.provider_sort_name, lower(w.provider_name))`),
  updated: {
    key: sql`w.updated_at`,
    text: sql`to_char(w.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    toValue: (text) => sql`${text}::timestamptz`,
  },
}

/** The newest write-back of a work item failed, or a person has to say what became of it. */
const unfiled = sql`write_backs.state in ('failed', 'ambiguous')
  and not exists (select from write_backs newer
                   where newer.work_item_id = write_backs.work_item_id and newer.version > write_backs.version)`

const unreadBy = (person: string) =>
  sql`select m.work_item_id from mentions m where m.label = ${person} and m.read_at is null`

/** A person's unfinished orders, and orders whose notes mention them. As two queries, so that each uses an index. */
const itemsOf = (person: string) => {
  const isTheirs = sql`one.owner = ${person} and one.stage = any(${[...unfinishedStages]}::text[])`
  return sql`(
    select * from work_items one where ${isTheirs}
     union all
    select * from work_items one
     where one.work_item_id = any(array(${unreadBy(person)})) and (${isTheirs}) is not true)`
}

const byName = (one: string, other: string) => one.localeCompare(other, 'en')

const keyword = { asc: sql`asc`, desc: sql`desc` } as const

const isIndexed = (sort: QueueSort) => sort === 'due' || sort === 'updated'

/** Whether an order comes after a position, among the orders with a value or those without. */
function isBehind(
  { sort, direction }: QueueOrder,
  { ordinal, value }: QueuePosition,
): RawBuilder<unknown> {
  const { key, toValue } = sortKeys[sort]
  const behind = direction === 'asc' ? sql`>` : sql`<`
  return value === null
    ? sql`(${key} is null and w.ordinal ${behind} ${ordinal})`
    : sql`(${key}, w.ordinal) ${behind} (${toValue(value)}, ${ordinal}::bigint)`
}

const and = (conditions: readonly RawBuilder<unknown>[]) => sql.join([...conditions], sql` and `)

/** The work queue: one row for each order. */
export function workQueueRows(db: Kysely<Schema>) {
  const columns = sql.join(rowColumns.map((column) => sql.ref(`w.${column}`)))

  function conditionsOf(filter: QueueFilter): readonly RawBuilder<unknown>[] {
    const { words, payer, provider, owner } = filter
    const equal = (column: RawBuilder<unknown>, value: string | undefined) =>
      value === undefined ? [] : [value === '' ? sql`${column} is null` : sql`${column} = ${value}`]
    return [
      // Not `like`: `%`, `_` and `\` stand for themselves.
      ...words.map((word) => sql`strpos(w.search_text, ${word}) > 0`),
      ...equal(sql`w.payer_name`, payer),
      ...equal(sql`w.provider_name`, provider),
      ...equal(sql`w.owner`, owner),
    ]
  }

  /** All orders that match. */
  function matching({ practiceIds }: Scope, filter: QueueFilter): RawBuilder<unknown> {
    const isTheirs = sql`w.practice_id = any(${practiceIds})`
    return filter.view === 'failed'
      ? sql`write_backs join work_items w on w.work_item_id = write_backs.work_item_id
         where ${and([isTheirs, unfiled, sql`(w.stage = 'filing' or ${needsDecision})`, ...conditionsOf(filter)])}`
      : sql`${filter.view === 'mine' ? itemsOf(filter.person) : sql`work_items`} w
         where ${and([isTheirs, sql`w.stage = any(${stagesOf[filter.view]}::text[])`, ...conditionsOf(filter)])}`
  }

  /** Sorts all matching orders, and returns those of the page. */
  function sorted(
    scope: Scope,
    filter: QueueFilter,
    order: QueueOrder,
    { after, limit }: KeysetPageRequest<QueuePosition>,
  ): RawBuilder<unknown> {
    const { key } = sortKeys[order.sort]
    const direction = keyword[order.direction]
    const isWanted =
      after === undefined
        ? sql`true`
        : after.value === null
          ? isBehind(order, after)
          : sql`(${isBehind(order, after)} or ${key} is null)`
    return sql`
      select w.ordinal, ${key} as key from ${matching(scope, filter)} and ${isWanted}
       order by ${key} is null, ${key} ${direction}, w.ordinal ${direction} limit ${limit}`
  }

  /** Reads each practice and stage in the order of an index, so that orders outside of the page are not read. */
  function inIndexOrder(
    { practiceIds }: Scope,
    view: Exclude<QueueView, 'failed'>,
    order: QueueOrder,
    { after, limit }: KeysetPageRequest<QueuePosition>,
    hasValue: boolean,
  ): RawBuilder<unknown> {
    const { key } = sortKeys[order.sort]
    const direction = keyword[order.direction]
    const conditions = [
      sql`w.practice_id = practice.id`,
      sql`w.stage = one.stage`,
      hasValue ? sql`${key} is not null` : sql`${key} is null`,
      ...(after !== undefined && (after.value !== null) === hasValue
        ? [isBehind(order, after)]
        : []),
    ]
    return sql`
      select page.ordinal, page.key
        from unnest(${practiceIds}::text[]) as practice (id)
       cross join unnest(${stagesOf[view]}::text[]) as one (stage)
       cross join lateral (
             select w.ordinal, ${key} as key from work_items w where ${and(conditions)}
              order by ${key} ${direction}, w.ordinal ${direction} limit ${limit}) as page
       order by page.key ${direction}, page.ordinal ${direction} limit ${limit}`
  }

  /** The rows of a page; `chosen` selects their ordinals and keys. */
  function rowsOf(chosen: RawBuilder<unknown>, { sort, direction }: QueueOrder, person: string) {
    const order = keyword[direction]
    return sql<QueueItemRow>`
      with page as (${chosen})
      select ${columns}, ${sortKeys[sort].text} as sort_value,
             w.work_item_id = any(array(${unreadBy(person)})) as mentions_me,
             failed.state as failed_state, failed.error_code as failed_code, failed.needs_decision as failed_needs_decision
        from page join work_items w on w.ordinal = page.ordinal
        left join lateral (
             select write_backs.state, write_backs.error_code, ${needsDecision} as needs_decision
               from write_backs
              where write_backs.work_item_id = w.work_item_id and ${unfiled} and (w.stage = 'filing' or ${needsDecision})) failed on true
       order by page.key is null, page.key ${order}, page.ordinal ${order}`
  }

  return {
    /** Orders without a value come last in either direction. */
    async page(
      scope: Scope,
      filter: QueueFilter,
      order: QueueOrder,
      page: KeysetPageRequest<QueuePosition>,
    ): Promise<readonly QueueItemRow[]> {
      const { view } = filter
      const read = async (chosen: RawBuilder<unknown>) =>
        (await rowsOf(chosen, order, filter.person).execute(db)).rows
      if (
        view === 'failed' ||
        view === 'mine' ||
        !isIndexed(order.sort) ||
        conditionsOf(filter).length > 0
      )
        return read(sorted(scope, filter, order, page))
      const rows =
        page.after?.value === null ? [] : await read(inIndexOrder(scope, view, order, page, true))
      const limit = page.limit - rows.length
      if (limit === 0) return rows
      return [
        ...rows,
        ...(await read(inIndexOrder(scope, view, order, { after: page.after, limit }, false))),
      ]
    },

    /** The current `sort_value` of an order; undefined if it is outside of the scope. */
    async sortValue(
      { practiceIds }: Scope,
      ordinal: number,
      sort: QueueSort,
    ): Promise<string | null | undefined> {
      const { rows } = await sql<{ value: string | null }>`
        select ${sortKeys[sort].text} as value from work_items w
         where w.ordinal = ${ordinal} and w.practice_id = any(${practiceIds})`.execute(db)
      return rows[0]?.value
    },

    async count(scope: Scope, filter: QueueFilter): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from ${matching(scope, filter)}`.execute(db)
      return rows[0]?.count ?? 0
    },

    /** Counts and filter values of all orders in the scope. */
    async summary(scope: Scope, person: string): Promise<QueueCounts> {
      const practiceIds = sql`${scope.practiceIds}`
      const { rows: groups } = await sql<{
        stage: Stage | null
        payer: string | null
        provider: string | null
        owner: string | null
        count: number
      }>`
        select stage, payer_name as payer, provider_name as provider, owner, count(*)::int as count
          from work_items where practice_id = any(${practiceIds}) and stage <> 'superseded'
         group by grouping sets ((stage), (payer_name), (provider_name), (owner))`.execute(db)
      const encounters = await sql<{ inProgress: number; failed: number }>`
        select count(*) filter (where processing <> 'failed')::int as "inProgress",
               count(*) filter (where processing = 'failed')::int as failed
          from encounters e
         where practice_id = any(${practiceIds}) and processing <> 'processed'
           and not exists (select from work_items w where w.practice_id = e.practice_id
                              and w.encounter_id = e.encounter_id and w.review <> 'superseded')`.execute(
        db,
      )
      const namesOf = (kind: 'payer' | 'provider' | 'owner') =>
        groups.flatMap((group) => group[kind] ?? []).toSorted(byName)
      const countOf = (view: Exclude<QueueView, 'failed'>) =>
        groups
          .filter(({ stage }) => stage !== null && stagesOf[view].includes(stage))
          .reduce((sum, { count }) => sum + count, 0)
      return {
        views: {
          mine: await this.count(scope, { view: 'mine', person, words: [] }),
          open: countOf('open'),
          needs_information: countOf('needs_information'),
          information_asked: countOf('information_asked'),
          no_criteria: countOf('no_criteria'),
          ready_to_sign: countOf('ready_to_sign'),
          to_send: countOf('to_send'),
          waiting_for_payer: countOf('waiting_for_payer'),
          failed: await this.count(scope, { view: 'failed', person, words: [] }),
          all: countOf('all'),
        },
        encounters: encounters.rows[0] ?? { inProgress: 0, failed: 0 },
        payers: namesOf('payer'),
        providers: namesOf('provider'),
        owners: namesOf('owner'),
      }
    },

    /** The orders that may be assigned, locked until the transaction ends. */
    async lockForAssignment(
      { practiceIds }: Scope,
      workItemIds: readonly string[],
    ): Promise<readonly AssignedItem[]> {
      return (
        db
          .selectFrom('work_items')
          .select([
            'work_item_id',
            'practice_id',
            'patient_id',
            'encounter_id',
            'transaction_id',
            'service_request_id',
            'procedure_code',
            'review',
            'owner',
            'version',
          ])
          .where('work_item_id', 'in', workItemIds)
          .where('practice_id', 'in', practiceIds)
          .where('review', '<>', 'superseded')
          // Locked in a fixed order, so that two assignments of the same rows cannot deadlock.
          .orderBy('ordinal')
          .forUpdate()
          .execute()
      )
    },

    /** Sets or removes the owner of orders. Their versions stay: the owner is not part of what a person approves. */
    async assign(workItemIds: readonly string[], owner: string | null, now: Date): Promise<void> {
      await db
        .updateTable('work_items')
        .set({ owner, updated_at: now })
        .where('work_item_id', 'in', workItemIds)
        .execute()
    },

    /** The practices in which a person has orders, or had one of `workItemIds` earlier. */
    async practicesOfOwner(
      owner: string,
      workItemIds: readonly string[],
    ): Promise<ReadonlySet<string>> {
      const { rows } = await sql<{ practice_id: string }>`
        select practice_id from work_items where owner = ${owner}
         union
        select w.practice_id from work_item_history h join work_items w on w.work_item_id = h.work_item_id
         where h.work_item_id = any(${workItemIds}) and h.kind = 'assigned' and h.data ->> 'previous' = ${owner}`.execute(
        db,
      )
      return new Set(rows.map((row) => row.practice_id))
    },
  }
}
