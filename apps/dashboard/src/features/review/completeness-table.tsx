import type { ReadOutcome, ResourceCompleteness } from '@authscript/prior-auth'
import { Panel } from '../../ui/panel.tsx'

const labels: Record<ReadOutcome, string> = {
  complete: 'read completely',
  partial: 'read in part: the rest is unknown',
  forbidden: 'access denied: unknown',
  failed: 'could not be read: unknown',
  not_asked: 'not requested: unknown',
}

/** How completely each part of the chart was read. */
export function CompletenessTable({
  completeness,
}: {
  completeness: readonly ResourceCompleteness[]
}) {
  const unread = completeness.filter((one) => one.outcome !== 'complete').length
  return (
    <Panel
      title="Chart data"
      aside={
        <span className="text-xs text-soft">
          {unread === 0 ? 'read completely' : `${unread} incomplete`}
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
                {labels[one.outcome]}
                {one.since !== undefined && ` since ${one.since}`}
                {one.reason !== undefined && ` (${one.reason})`}
                {one.strangers > 0 && `; ${one.strangers} of other patients ignored`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
