import type { Finding } from '@authscript/prior-auth'
import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { whenWords } from './times.ts'
import { Worded } from './worded.tsx'

const looks = {
  working: { icon: CircleCheck, box: 'border-good bg-good-soft', ink: 'text-good' },
  attention: { icon: TriangleAlert, box: 'border-warn bg-warn-soft', ink: 'text-warn' },
  trouble: { icon: OctagonAlert, box: 'border-bad bg-bad-soft', ink: 'text-bad' },
} as const

/** One line that says how the gateway is, and under it whatever else was found. */
export function Verdict({ verdict, findings }: { verdict: Finding; findings: readonly Finding[] }) {
  const { box } = looks[verdict.level]
  return (
    <section
      aria-label="Verdict"
      data-verdict={verdict.level}
      className={`rounded-xl border-l-4 px-4 py-3 ${box}`}
    >
      <div role="status">
        <Line finding={verdict} isFirst />
      </div>
      {findings.length > 0 && (
        <ul aria-label="Also found" className="mt-2 space-y-1 border-t border-line pt-2">
          {findings.map((found) => (
            <li key={`${found.code} ${found.text}`}>
              <Line finding={found} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({ finding, isFirst = false }: { finding: Finding; isFirst?: boolean }) {
  const { text, since, remedy, code, href, detail, level } = finding
  const { icon: Icon, ink } = looks[level]
  return (
    <div className="flex items-start gap-2.5">
      <Icon
        aria-hidden
        className={`shrink-0 ${ink} ${isFirst ? 'mt-0.5 size-6' : 'mt-0.5 size-4'}`}
      />
      <div className="min-w-0 grow [overflow-wrap:anywhere]">
        <p className={isFirst ? 'text-lg leading-7 font-semibold' : ''}>
          <Worded>{text}</Worded>
          {since !== null && ` since ${whenWords(since)}`}
          {remedy === null ? (
            '.'
          ) : (
            <>
              : <Worded>{remedy}</Worded>.
            </>
          )}{' '}
          {code !== null && href !== null && (
            <a
              href={href}
              target="_blank"
              rel="noreferrer"
              className="text-sm font-normal whitespace-nowrap text-accent underline underline-offset-2"
            >
              {code}
            </a>
          )}
        </p>
        {detail !== null && isFirst && (
          <p className="mt-0.5 text-soft first-letter:uppercase">{detail}</p>
        )}
      </div>
    </div>
  )
}
