import type { ReadOutcome, ResourceCompleteness } from '@authscript/prior-auth'
import { Panel } from '../../ui/panel.tsx'

const words: Record<ReadOutcome, string> = {
  complete: 'read completely',
  partial: 'read in part: what is missing is unknown',
  forbidden: 'not allowed to be read: unknown',
  failed: 'could not be read: unknown',
  not_asked: 'not asked for: unknown',
}

/** How much of the chart this rests on. */
export function CompletenessTable({
  completeness,
}: {
  completeness: readonly ResourceCompleteness[]
}) {
  const unread = completeness.filter((one) => one.outcome !== 'complete').length
  return (
    <Panel
      title="What was read of the chart"
      aside={
        <span className="text-xs text-soft">
          {unread === 0 ? 'everything' : `${unread} not completely`}
        </span>
      }
    >
      <table className="w-full text-left">
        <tbody>
          {completeness.map((one) => (
            <tr key={one.resourceType} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 pr-4 font-medium">
                {one.resourceType}
              </th>
              <td className="py-1.5 pr-4 text-right tabular-nums">{one.count}</td>
              <td
                className={`py-1.5 ${one.outcome === 'complete' ? 'text-soft' : 'font-medium text-warn'}`}
              >
                {words[one.outcome]}
                {one.since !== undefined && ` since ${one.since}`}
                {one.reason !== undefined && ` (${one.reason})`}
                {one.strangers > 0 && `; ${one.strangers} of another patient left out`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
