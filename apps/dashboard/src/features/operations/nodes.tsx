import type { NodeView } from '@authscript/prior-auth'
import { now } from '../../clock.ts'
import { NodeActions } from './node-actions.tsx'
import { nodeName } from './node-name.ts'
import { Panel } from './panel.tsx'
import { agoWords, durationWords, whenWords } from './times.ts'

const states: Readonly<
  Record<NodeView['state'], { readonly label: string; readonly tone: string }>
> = {
  working: { label: 'Working', tone: 'bg-good-soft text-good' },
  paused: { label: 'Paused', tone: 'bg-warn-soft text-warn' },
  draining: { label: 'Draining', tone: 'bg-warn-soft text-warn' },
  drained: { label: 'Drained', tone: 'bg-warn-soft text-warn' },
  gone: { label: 'No report', tone: 'bg-quiet-soft text-quiet' },
}

/** Each process of the gateway. One that ended without a word stays listed for a day. */
export function Nodes({
  nodes,
  here,
  mayControl,
}: {
  nodes: readonly NodeView[]
  here: string
  mayControl: boolean
}) {
  return (
    <Panel title="Nodes">
      <ul className="divide-y divide-line">
        {nodes.map((node) => (
          <li key={node.nodeId} data-node={node.nodeId} className="px-4 py-3">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 [overflow-wrap:anywhere]">
              <span className="font-medium">{nodeName(node)}</span>
              <span
                className={`rounded-full px-2 py-0.5 text-xs font-medium ${states[node.state].tone}`}
              >
                {states[node.state].label}
              </span>
              {node.nodeId === here && <span className="text-xs text-soft">answers you</span>}
            </p>
            <dl className="mt-1 grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 gap-y-0.5 text-xs tabular-nums">
              {factsOf(node).map(([name, value]) => (
                <div key={name} className="flex gap-1.5">
                  <dt className="text-soft">{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            {node.asked !== null && (
              <p role="status" className="mt-1 text-xs text-warn">
                {askedWords(node.asked)}, since {whenWords(node.asked.at)}. It has not done it yet.
              </p>
            )}
            {node.state !== 'gone' && <NodeActions node={node} isOff={!mayControl} />}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function askedWords({ act, workers }: NonNullable<NodeView['asked']>): string {
  switch (act) {
    case 'drain':
      return 'Asked to drain'
    case 'take_up':
      return 'Asked to take up work'
    case 'workers':
      return `Asked to have ${workers} workers`
    default:
      return act satisfies never
  }
}

const mib = (bytes: number) => Math.round(bytes / 1024 / 1024)

function factsOf(node: NodeView): readonly (readonly [string, string])[] {
  if (node.state === 'gone')
    return [
      ['version', node.version],
      ['last report', agoWords(node.seenAt)],
    ]
  return [
    ['version', node.version],
    ['up', durationWords(now() - Date.parse(node.startedAt))],
    ['leases', String(node.leaseCount)],
    ['workers', `${node.busyWorkers} of ${node.workerCount}`],
    ['streams', String(node.streamCount)],
    ['heap', `${mib(node.heapBytes)} of ${mib(node.heapLimitBytes)} MB`],
    ['loop lag', durationWords(node.loopLagMs)],
  ]
}
