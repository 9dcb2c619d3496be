import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationsQueries } from '../../api/operations.ts'
import { textInput } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'

const origins = { file: 'file', environment: 'environment', default: 'default' } as const

/** Every key that counts, with where its value comes from. Read when somebody opens it. */
export function Configuration() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="rounded-xl border border-line bg-panel"
    >
      <summary className="cursor-pointer rounded-xl px-4 py-3 font-semibold">
        Effective configuration{' '}
        <span className="text-xs font-normal text-soft">of this node, secrets masked</span>
      </summary>
      {isOpen && <Keys />}
    </details>
  )
}

function Keys() {
  const configuration = useQuery(operationsQueries.configuration())
  const [search, setSearch] = useState('')
  if (configuration.data === undefined)
    return configuration.error === null ? (
      <Skeleton rows={4} />
    ) : (
      <Failure error={configuration.error} onRetry={() => void configuration.refetch()} />
    )
  const wanted = search.trim().toLowerCase()
  const rows = configuration.data.keys.filter(({ key, origin, writtenAs }) =>
    `${key} ${writtenAs} ${origin}`.toLowerCase().includes(wanted),
  )
  return (
    <div className="border-t border-line px-4 py-3">
      <label className="block max-w-md">
        <span className="text-xs text-soft">Find a key, or an origin such as “environment”</span>
        <input
          value={search}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
          className={textInput}
        />
      </label>
      <div
        role="region"
        aria-label="Keys of the configuration"
        tabIndex={0}
        className="mt-3 max-h-[32rem] overflow-auto"
      >
        <table className="w-full text-left text-xs">
          <thead>
            <tr className="text-soft">
              <th scope="col" className="py-1 pr-4 font-medium">
                Key
              </th>
              <th scope="col" className="py-1 pr-4 font-medium">
                Value
              </th>
              <th scope="col" className="py-1 font-medium">
                From
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line align-top">
            {rows.map(({ key, value, origin, writtenAs }) => (
              <tr key={key}>
                <td className="py-1 pr-4 font-mono [overflow-wrap:anywhere]">{key}</td>
                <td className="py-1 pr-4 font-mono [overflow-wrap:anywhere]">{value}</td>
                <td className={`py-1 ${origin === 'default' ? 'text-soft' : 'font-medium'}`}>
                  {origins[origin]}
                  {writtenAs !== key && origin !== 'default' && (
                    <span className="block font-mono font-normal [overflow-wrap:anywhere] text-soft">
                      {writtenAs}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="py-2 text-soft">No key matches.</p>}
      </div>
    </div>
  )
}
