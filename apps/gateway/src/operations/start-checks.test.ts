import type { DependencyView } from '@authscript/prior-auth'
import { expect, it } from 'vitest'
import { startCheckLines, startChecksOf } from './start-checks.ts'

const aDependency = (changes: Partial<DependencyView>): DependencyView => ({
  name: 'ehr',
  state: 'working',
  failingSince: null,
  lastSuccessAt: null,
  lastMs: 12,
  code: null,
  reason: null,
  callCount: 1,
  failureCount: 0,
  breaker: null,
  breakerOpenUntil: null,
  ...changes,
})
const catalogue = new Map([
  [
    'intelligence_refused',
    { code: 'intelligence_refused', section: '', when: '', remedy: 'check `Intelligence__ApiKey`' },
  ],
])

it('prints one line for what is well, and cause, code and remedy for what is not', () => {
  const checks = startChecksOf(
    {
      dependencies: [
        aDependency({ state: 'failing', code: 'ehr_unauthorized', reason: 'refused' }),
        aDependency({
          name: 'token',
          state: 'failing',
          code: 'ehr_unauthorized',
          reason: "the EHR's token endpoint refused us (401 invalid_client)",
        }),
        aDependency({ name: 'database' }),
        aDependency({
          name: 'intelligence',
          state: 'failing',
          code: 'intelligence_refused',
          reason: 'the service refused our key (401)',
        }),
        aDependency({ name: 'language_model', state: 'not_asked' }),
      ],
      findings: [
        {
          level: 'trouble',
          code: 'ehr_unauthorized',
          text: 'The EHR refuses our secret',
          remedy: 'check Athena__ClientSecret',
          since: null,
          detail: null,
          href: null,
        },
      ],
    },
    catalogue,
  )

  expect(startCheckLines(checks)).toEqual([
    'ok     database               answers in 12 ms',
    "wrong  EHR's token endpoint   the EHR's token endpoint refused us (401 invalid_client) [ehr_unauthorized]",
    '                              -> check Athena__ClientSecret',
    'wrong  EHR                    is not asked: there is no token [ehr_unauthorized]',
    '                              -> fix the line above',
    'wrong  intelligence service   the service refused our key (401) [intelligence_refused]',
    '                              -> check Intelligence__ApiKey',
    'wrong  language model         has not answered yet',
    '                              -> wait, or look at the log',
  ])
})
