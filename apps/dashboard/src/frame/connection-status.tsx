import { CircleCheck, LoaderCircle, RefreshCw, WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { after } from '../clock.ts'
import { connection, useConnection } from '../connection/connection.ts'
import type { ConnectionState } from '../connection/tab-connection.ts'

const clockTime = new Intl.DateTimeFormat('en-US', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
/** A restart of the gateway that is over before anyone could read of it. */
const unnoticedMs = 1500

/** Whether what is on the screen is current, and if not, from when it is. It takes its place in the header and moves nothing. */
export function ConnectionStatus() {
  const { status, heardAt } = useConnection()
  const isLost = useIsLostForAWhile(status)
  const time = heardAt === undefined ? '' : clockTime.format(heardAt)
  return (
    <div role="status" data-connection={status} className="min-w-0 text-xs font-medium">
      {isLost ? (
        <div className="absolute inset-x-0 top-full flex items-center gap-3 border-b border-line bg-warn-soft px-4 py-1.5 text-warn min-[900px]:static min-[900px]:rounded-lg min-[900px]:border min-[900px]:px-3">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          <span className="grow">
            {time === ''
              ? 'Not connected.'
              : `Not connected since ${time}; showing what was read then. Nothing can be changed until it is connected again.`}
          </span>
          <button
            type="button"
            onClick={() => connection.check()}
            className="inline-flex shrink-0 items-center gap-1 rounded-md border border-current px-2 py-0.5"
          >
            <RefreshCw aria-hidden className="size-3" /> Reconnect
          </button>
        </div>
      ) : status === 'live' || (status === 'lost' && time !== '') ? (
        <span className="flex w-28 items-center gap-1.5 whitespace-nowrap text-soft max-[480px]:w-14">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
          <span className="max-[480px]:sr-only">Updated</span> {time}
        </span>
      ) : (
        <span className="flex w-28 items-center gap-1.5 whitespace-nowrap text-soft max-[480px]:w-14">
          <LoaderCircle aria-hidden className="size-4 shrink-0" />
          <span className="max-[480px]:sr-only">Connecting</span>
        </span>
      )}
    </div>
  )
}

function useIsLostForAWhile(status: ConnectionState['status']): boolean {
  const [isLost, setIsLost] = useState(false)
  useEffect(() => {
    if (status !== 'lost') return setIsLost(false)
    return after(unnoticedMs, () => setIsLost(true))
  }, [status])
  return isLost
}
