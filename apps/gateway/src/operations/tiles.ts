import type { TileView } from '@authscript/prior-auth'
import type { NodeFigures, NodeReport, WorkFigures } from '../store/schema.ts'
import type { SignToForm } from '../store/work-figures.ts'

export interface TileFacts {
  readonly work: WorkFigures
  /** The nodes that report. */
  readonly live: readonly NodeReport[]
  /** One entry for each shown minute, oldest first; undefined where no node measured. */
  readonly nodeMinutes: readonly (NodeFigures | undefined)[]
  readonly workMinutes: readonly (WorkFigures | undefined)[]
  readonly signToForm: readonly SignToForm[]
  readonly firstMinuteMs: number
  readonly undecidedCount: number
  /** Requests of today, GMT. */
  readonly ehrReserved: number
}

type Figure = TileView['figures'][number]

const minuteMs = 60_000

/** The six tiles of the operations page, of all nodes together. */
export function tilesOf(facts: TileFacts): readonly TileView[] {
  return [
    signToForm(facts),
    encounters(facts),
    workers(facts),
    ehr(facts),
    writeBacks(facts),
    streams(facts),
  ]
}

function signToForm({ signToForm: rows, firstMinuteMs, workMinutes }: TileFacts): TileView {
  const whole = rows.find(({ minute }) => minute === null)
  const history = (of: 'p50' | 'p95') => {
    const values: (number | null)[] = workMinutes.map(() => null)
    for (const row of rows) {
      const index =
        row.minute === null ? -1 : Math.round((row.minute.getTime() - firstMinuteMs) / minuteMs)
      if (index >= 0 && index < values.length) values[index] = row[of]
    }
    return values
  }
  const figure = (name: 'p50' | 'p95', label: string): Figure => ({
    name,
    label,
    value: whole?.[name] ?? null,
    unit: 'seconds',
    history: history(name),
  })
  return {
    name: 'sign_to_form',
    title: 'Signature to form',
    figures: [figure('p50', 'half within'), figure('p95', '95 % within')],
    promQl: [
      'histogram_quantile(0.5, sum by (le) (rate(gateway_sign_to_form_seconds_bucket[1h])))',
      'histogram_quantile(0.95, sum by (le) (rate(gateway_sign_to_form_seconds_bucket[1h])))',
    ],
  }
}

function ofWork({ work, workMinutes }: TileFacts, name: keyof WorkFigures, label: string): Figure {
  return {
    name,
    label,
    value: work[name],
    unit: 'count',
    history: workMinutes.map((minute) => minute?.[name] ?? null),
  }
}

function ofNodes(
  { live, nodeMinutes }: TileFacts,
  name: 'busyWorkers' | 'workerCount' | 'wantedWorkers' | 'streamCount',
  label: string,
): Figure {
  return {
    name,
    label,
    value: live.reduce((sum, node) => sum + node[name], 0),
    unit: 'count',
    history: nodeMinutes.map((minute) => minute?.[name] ?? null),
  }
}

function encounters(facts: TileFacts): TileView {
  return {
    name: 'encounters',
    title: 'Encounters',
    figures: [
      ofWork(facts, 'queued', 'queued'),
      ofWork(facts, 'running', 'running'),
      ofWork(facts, 'retrying', 'retrying'),
    ],
    promQl: ['max by (state) (gateway_encounters)'],
  }
}

function workers(facts: TileFacts): TileView {
  return {
    name: 'workers',
    title: 'Workers',
    figures: [
      ofNodes(facts, 'busyWorkers', 'busy'),
      ofNodes(facts, 'workerCount', 'there are'),
      ofNodes(facts, 'wantedWorkers', 'wanted'),
    ],
    promQl: ['sum(gateway_workers_busy)', 'sum(gateway_workers)', 'sum(gateway_workers_wanted)'],
  }
}

function ehr({ live, nodeMinutes, ehrReserved }: TileFacts): TileView {
  const [first] = live
  const perDay = first?.ehr.requestsPerDay
  const tooMany = nodeMinutes.reduce((sum, minute) => sum + (minute?.tooManyRequests ?? 0), 0)
  const none = nodeMinutes.map(() => null)
  return {
    name: 'ehr',
    title: 'Requests to the EHR',
    figures: [
      {
        name: 'requestsPerSecond',
        label: '/s now',
        value: live.reduce((sum, node) => sum + node.ehr.requestsPerSecond, 0),
        unit: 'per_second',
        history: nodeMinutes.map((minute) =>
          minute === undefined ? null : minute.ehrRequests / 60,
        ),
      },
      {
        name: 'limitPerSecond',
        label: '/s allowed',
        value: first?.ehr.limitPerSecond ?? null,
        unit: 'per_second',
        history: none,
      },
      {
        name: 'leftToday',
        label: 'left today',
        value: perDay === undefined ? null : Math.max(0, perDay - ehrReserved),
        unit: 'count',
        history: none,
      },
      {
        name: 'tooManyRequests',
        label: '429s in the hour',
        value: tooMany + live.reduce((sum, node) => sum + node.ehr.tooManyRequests, 0),
        unit: 'count',
        history: nodeMinutes.map((minute) => minute?.tooManyRequests ?? null),
      },
    ],
    promQl: [
      'sum(rate(gateway_ehr_request_seconds_count[1m]))',
      'max(gateway_ehr_requests_left_today)',
      'sum(increase(gateway_ehr_request_seconds_count{outcome="ehr_rate_limited"}[1h]))',
    ],
  }
}

function writeBacks(facts: TileFacts): TileView {
  return {
    name: 'write_backs',
    title: 'Write-backs to the chart',
    figures: [
      ofWork(facts, 'writeBacksWaiting', 'waiting'),
      ofWork(facts, 'writeBacksFailed', 'failed'),
      {
        name: 'undecided',
        label: 'need a decision',
        value: facts.undecidedCount,
        unit: 'count',
        history: facts.workMinutes.map(() => null),
      },
    ],
    promQl: ['max by (state) (gateway_write_backs)', 'max(gateway_write_backs_undecided)'],
  }
}

function streams(facts: TileFacts): TileView {
  return {
    name: 'streams',
    title: 'Open event streams',
    figures: [ofNodes(facts, 'streamCount', 'open')],
    promQl: ['sum(gateway_event_subscribers)'],
  }
}
