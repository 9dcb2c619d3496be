import type { DependencyView, Finding } from '@authscript/prior-auth'
import type { EhrCalls, EhrFault } from '../fhir/ehr-calls.ts'

/** What a node knows of its own troubles. */
export interface NodeFacts {
  readonly state: 'working' | 'paused' | 'draining' | 'drained'
  readonly ehrFault: EhrFault | undefined
  readonly ehrFaultSince: Date | undefined
  readonly ehrFaultDetail: string | undefined
  readonly ehrCalls: EhrCalls
  /** Why the EHR's capability statement could not be read, though charts may be; undefined when it was, or was not asked for. */
  readonly statementError: string | undefined
  /** Payers' forms that cannot be used; the general form is filled instead. */
  readonly refusedForms: readonly {
    readonly name: string
    readonly key: string
    readonly file: string
  }[]
  readonly dependencies: readonly DependencyView[]
  /** Whose trouble lasts: see `LastingTrouble`. */
  readonly lasting: {
    readonly failing: ReadonlySet<DependencyView['name']>
    /** How long the last slow answer took. */
    readonly slowMs: ReadonlyMap<DependencyView['name'], number>
  }
  /** How we sign in to the EHR. */
  readonly clientAuthentication: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt'
  /** A key as the operator wrote it: `Ehr.ClientSecret` to `Athena__ClientSecret`. */
  keyName(key: string): string
}

type Known = Omit<Finding, 'href'>

const base = { since: null, detail: null, code: null, remedy: null }

/** What a node has to say of itself, worst first; empty when all is well. */
export function nodeFindings(facts: NodeFacts): readonly Known[] {
  const found = [...ofEhr(facts), ...ofDependencies(facts), ...ofForms(facts), ...ofState(facts)]
  return found.toSorted((one, other) => rankOf(one) - rankOf(other))
}

const levels = ['trouble', 'attention', 'working']
export const rankOf = ({ level }: Pick<Finding, 'level'>): number => levels.indexOf(level)

function ofEhr(facts: NodeFacts): readonly Known[] {
  const { ehrFault, ehrFaultDetail, ehrFaultSince, ehrCalls } = facts
  const since = ehrFaultSince?.toISOString() ?? null
  const detail = ehrFaultDetail ?? null
  switch (ehrFault) {
    case 'ehr_credentials_refused':
      return [{ level: 'trouble', code: 'ehr_unauthorized', since, detail, ...refusalOf(facts) }]
    case 'ehr_not_answering':
      return [{ level: 'trouble', since, detail, ...silenceOf(facts) }]
    case 'ehr_not_asked_yet':
      return ofPause(ehrCalls)
    default:
      return [...ofPause(ehrCalls), ...ofStatement(facts)]
  }
}

/** Who refused what: the token endpoint our client, or the EHR the token that it gave. */
function refusalOf({
  dependencies,
  ehrFaultDetail = '',
  clientAuthentication,
  keyName,
}: NodeFacts): Pick<Finding, 'text' | 'remedy'> {
  const isTokenGiven = dependencies.find(({ name }) => name === 'token')?.state === 'working'
  const scopes = keyName('Ehr.Scopes')
  if (isTokenGiven)
    return { text: 'The EHR refuses the token that it gave us', remedy: `check ${scopes}` }
  if (ehrFaultDetail.includes('invalid_scope'))
    return { text: 'The EHR refuses the scopes that we ask for', remedy: `check ${scopes}` }
  if (clientAuthentication === 'private_key_jwt')
    return {
      text: 'The EHR refuses our signature',
      remedy: `check ${keyName('Ehr.PrivateKeyFile')}, ${keyName('Ehr.ClientId')}, and whether the EHR knows our public key`,
    }
  return {
    text: 'The EHR refuses our secret',
    remedy: `check ${keyName('Ehr.ClientSecret')} and ${keyName('Ehr.ClientId')}`,
  }
}

function silenceOf({
  dependencies,
  keyName,
}: NodeFacts): Pick<Finding, 'text' | 'remedy' | 'code'> {
  const failing = (name: string) =>
    dependencies.find((one) => one.name === name && one.state === 'failing')
  const token = failing('token')
  const { code = 'ehr_unreachable' } = token ?? failing('ehr') ?? {}
  const key = keyName(token === undefined ? 'Ehr.FhirBaseUrl' : 'Ehr.TokenEndpoint')
  const what = token === undefined ? 'The EHR' : "The EHR's token endpoint"
  switch (code) {
    case 'ehr_timeout':
      return { code, text: `${what} does not answer in time`, remedy: "check the EHR's status" }
    case 'ehr_unavailable':
      return {
        code,
        text: `${what} is out of order`,
        remedy: 'wait; the gateway continues by itself when it answers again',
      }
    case 'ehr_token_endpoint':
      return { code, text: 'The EHR gives us no token', remedy: `check ${key}` }
    default:
      return {
        code,
        text: `${what} cannot be reached`,
        remedy: `check the network and ${key}`,
      }
  }
}

/** The EHR answers, and does not say what it can do. */
function ofStatement({ statementError }: NodeFacts): readonly Known[] {
  if (statementError === undefined) return []
  return [
    {
      ...base,
      level: 'attention',
      code: statementError,
      text: 'The EHR does not say what it can do (/metadata)',
      remedy: "charts are read all the same; ask the EHR's support, then press Test now",
    },
  ]
}

function ofPause(calls: EhrCalls): readonly Known[] {
  if (calls.calling || calls.reason === 'credentials_refused') return []
  const until = calls.until === undefined ? '' : ` until ${calls.until.slice(11, 16)} GMT`
  switch (calls.reason) {
    case 'daily_budget_spent':
      return [
        {
          ...base,
          level: 'trouble',
          code: 'ehr_quota_exhausted',
          text: "Today's requests to the EHR are used up",
          remedy: `wait${until}, or raise the daily budget if the contract allows`,
        },
      ]
    case 'asked_to_wait':
      return [
        {
          ...base,
          level: 'attention',
          code: 'ehr_rate_limited',
          text: `The EHR asked us to wait${until}`,
          remedy: 'lower the rate if this happens often',
        },
      ]
    case 'circuit_open':
      return [
        {
          ...base,
          level: 'attention',
          code: 'ehr_unavailable',
          text: `The EHR failed too often and is not asked${until}`,
          remedy: 'wait; the gateway tries again by itself',
        },
      ]
    default:
      calls.reason satisfies never
      return []
  }
}

function ofDependencies({ dependencies, lasting, keyName }: NodeFacts): readonly Known[] {
  return dependencies.flatMap((one): readonly Known[] => {
    const known = { since: one.failingSince, detail: one.reason }
    const isFailing = lasting.failing.has(one.name)
    if (one.name === 'database' && isFailing)
      return [
        {
          ...known,
          level: 'trouble',
          code: 'database_unavailable',
          text: 'The database does not answer',
          remedy: `check the PostgreSQL server and ${keyName('Database.Url')}`,
        },
      ]
    const slowMs = lasting.slowMs.get(one.name)
    if (one.name === 'database' && slowMs !== undefined)
      return [
        {
          ...base,
          level: 'attention',
          text: `The database is slow (${(slowMs / 1000).toFixed(1)} s for one row)`,
          remedy: 'look at its load, its disk and the network to it',
        },
      ]
    if (one.name === 'intelligence' && isFailing)
      return [
        {
          ...known,
          level: 'trouble',
          code: one.code,
          text: 'The intelligence service does not answer',
          remedy: `check it and ${keyName('Intelligence.BaseUrl')}`,
        },
      ]
    if (one.name === 'language_model' && isFailing)
      return [
        {
          ...known,
          level: 'attention',
          code: 'language_model_failed',
          text: 'The language model gives no usable answers; orders are judged by rules alone',
          remedy: `check ${keyName('Intelligence.Model.BaseUrl')}`,
        },
      ]
    return []
  })
}

function ofForms({ refusedForms, keyName }: NodeFacts): readonly Known[] {
  return refusedForms.map(({ name, key, file }) => ({
    ...base,
    level: 'attention',
    code: 'form_template_invalid',
    text: `The form ${name} cannot be used, so orders of its payers get the general form`,
    remedy: `correct ${file} (${keyName(key)}) and restart; the log names every fault`,
  }))
}

function ofState({ state }: NodeFacts): readonly Known[] {
  switch (state) {
    case 'working':
    // All nodes are paused together: the overview says so once.
    case 'paused':
      return []
    case 'draining':
    case 'drained':
      return [
        {
          ...base,
          level: 'attention',
          text:
            state === 'draining'
              ? 'A node is draining, so it finishes what runs and takes no new work'
              : 'A node is drained, so it takes no new work',
          remedy: 'stop it, or press Take up work',
        },
      ]
    default:
      state satisfies never
      return []
  }
}
