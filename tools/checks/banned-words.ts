/**
 * The list of banned words, and how they are found. Identifiers are split into their words, so `give back` also matches
 * `giveBackDelayMs` and `give-back.ts`. A phrase also matches across the lines of one comment or paragraph.
 */

interface BannedWord {
  /** A regular expression in lower case. A space matches any gap between two words. Matches whole words only. */
  readonly pattern: string
  readonly instead: string
  /** It is also clinical English, so it is allowed in `clinicalText`. */
  readonly isClinical?: true
}

const bannedWords: readonly BannedWord[] = [
  // Metaphors for the codebase.
  { pattern: 'rooms?', instead: 'module (of code); capacity (of a queue)', isClinical: true },
  { pattern: 'houses?', instead: 'codebase', isClinical: true },
  { pattern: 'doors?', instead: 'entry point', isClinical: true },
  { pattern: 'walls?(?! clocks?)', instead: 'boundary', isClinical: true },
  { pattern: 'the words', instead: 'domain types, glossary, text', isClinical: true },
  { pattern: 'in our own words', instead: 'in our domain types' },
  { pattern: 'the judge', instead: 'the independent test EHR, the verifier, the rules' },

  // Encounters and jobs.
  // `visitor.visit` is the interface of a syntax tree's visitor.
  { pattern: '(?<!visitor\\.)visits?', instead: 'encounter', isClinical: true },
  { pattern: 'tickets?', instead: 'job' },
  { pattern: 'later (?:retry|retries)', instead: 'durable retry' },
  { pattern: '(?:give|gives|given|gave|giving) back', instead: 'release (a lease)' },
  { pattern: '(?:put|puts|putting) back', instead: 'requeue' },
  { pattern: '(?:put|puts|putting) off', instead: 'schedule (a retry), delay', isClinical: true },
  { pattern: 'hasten(?:s|ed|ing)?|try now', instead: 'run now' },
  { pattern: 'another hand', instead: 'already changed by someone else', isClinical: true },
  { pattern: 'bears? a second time', instead: 'be idempotent' },

  // Notification.
  {
    pattern: 'told',
    instead: 'notified, reported; for a list of what was reported: events',
    isClinical: true,
  },
  { pattern: 'tellers?', instead: 'notifier' },
  {
    pattern: '(?<!in )words? of (?:new|commits?|an?|how|it|what)',
    instead: 'notification of',
    isClinical: true,
  },

  // Other patients and practices.
  // `strangers:` is the name of a field of `completeness` on the wire.
  { pattern: '(?<!\\.)strangers?(?!:)', instead: 'resources of other patients' },
  { pattern: 'of no other', instead: 'nothing of another …' },

  // Workers, queues and processes.
  { pattern: 'hires?|hired|hiring', instead: 'add a worker', isClinical: true },
  // Dead letters are dismissed, as operators say.
  {
    pattern: 'dismiss(?:es|ed|ing|al)?(?= (?:of )?(?:an? |the |idle )*workers?)',
    instead: 'retire a worker',
    isClinical: true,
  },
  { pattern: 'work ?places?', instead: 'worker host', isClinical: true },
  // The quoted word is the name of a role.
  {
    pattern: '(?<![\'"`]|clinician, )staff(?![\'"`])',
    instead: 'workers; the role: `staff`',
    isClinical: true,
  },
  { pattern: 'rested', instead: 'idle', isClinical: true },
  { pattern: 'lookers?', instead: 'capacity waiters' },
  { pattern: 'farewells?', instead: 'shutdown grace' },
  { pattern: 'patience|patiently', instead: 'timeout, deadline, wait until', isClinical: true },
  { pattern: 'occup(?:ation|ies|y)', instead: 'directory owner', isClinical: true },
  { pattern: 'kept tables?', instead: 'backed-up tables' },
  {
    pattern: 'calls? for (?:other|more|fewer) workers?',
    instead: 'the autoscaler changed the worker count',
  },
  { pattern: 'load calls? for|loads? called for', instead: 'the load needs' },

  // Names that hide what they name.
  { pattern: 'sureness', instead: 'certainty' },
  { pattern: 'still form', instead: 'remove active content' },
  { pattern: 'function soon', instead: 'throttle' },
  { pattern: 'function below', instead: 'join URL' },
  { pattern: 'function (?:who|moment|look)(?! up)', instead: 'a name that says what it returns' },

  // Quaint words.
  { pattern: 'anew|afresh', instead: 'again' },
  { pattern: 'for ever', instead: 'permanently, without end' },
  { pattern: 'lest', instead: 'so that … not' },
  { pattern: 'hence|thence|whence', instead: 'so, from there' },
  { pattern: 'thereby|hereby|whereby', instead: 'so, by this' },
  {
    pattern: 'thereof|therein|thereupon|whereof|wherein|whereupon|herein',
    instead: 'of it, in it',
  },
  { pattern: 'upon', instead: 'on', isClinical: true },
  { pattern: 'whilst', instead: 'while' },
  { pattern: 'nought|naught', instead: 'nothing, zero' },
  { pattern: 'at hand', instead: 'available', isClinical: true },
  { pattern: 'asks? (?:for )?too much', instead: 'exceeds (a limit)' },
  { pattern: 'closed mouth', instead: 'used only when the rules found nothing', isClinical: true },
  {
    pattern:
      '(?:all|wrapped|quotes?|goes?|gone|way) round|round (?:an?|the|it|them|its|what|every)',
    instead: 'around',
    isClinical: true,
  },
  { pattern: 'mend(?:s|ed|ing)?', instead: 'fix, repair', isClinical: true },
  { pattern: 'wish(?:es|ed)?', instead: 'request, want', isClinical: true },
  { pattern: 'lets? go of|letting go of', instead: 'close, release', isClinical: true },
  { pattern: 'a second time', instead: 'again', isClinical: true },
  { pattern: 'alike', instead: 'the same, equal, both … and …', isClinical: true },
  { pattern: 'for good(?! (?:measure|reason))', instead: 'permanently', isClinical: true },
  { pattern: 'beforehand', instead: 'in advance', isClinical: true },
  // Text goes on the form, the addendum.
  {
    pattern: '(?:go|goes|going|gone|went) on(?! (?:an?|the|that|this|it) )',
    instead: 'continue',
    isClinical: true,
  },
  {
    pattern: '(?:is|are|was) away',
    instead: 'cannot be reached, does not answer',
    isClinical: true,
  },
  {
    pattern: 'the ones? before(?! (?:an?|the|this|that) )',
    instead: 'the previous one',
    isClinical: true,
  },
  {
    pattern: '(?:names?|ones?|those|roles?) of (?:then|before)',
    instead: 'the earlier …',
    isClinical: true,
  },
  {
    pattern: 'lets? (?:in|(?:him|her|them|people|nobody|a person) in)(?: again| no more)',
    instead: 'enable, disable, refuse',
  },
  { pattern: '(?:else|otherwise) than', instead: 'other than', isClinical: true },
  {
    pattern: 'another (?!for )[a-z]+(?: [a-z]+)? than',
    instead: 'a … other than',
    isClinical: true,
  },
  { pattern: 'so many', instead: 'this many, that many', isClinical: true },
  { pattern: '(?:speaks?|spoken?) of', instead: 'is about, says', isClinical: true },
  { pattern: 'for want of', instead: 'because there is no', isClinical: true },
  { pattern: 'deeds?', instead: 'action', isClinical: true },
]

/**
 * Clinical text and what reads it: notes, lexicon, labelled cases, sample charts. Words with `isClinical` are allowed in
 * these folders and files.
 */
const clinicalText: readonly string[] = [
  'apps/gateway/test/intelligence/',
  'apps/gateway/test/notes/',
  'apps/gateway/src/fhir/notes/',
  'apps/gateway/src/intelligence/model/',
  'apps/sandbox-ehr/src/scenarios/',
  'tools/bench/judgement-notes',
  'journeys/independent-ehr/sample',
  'packages/intelligence/lexicon/',
  'packages/intelligence/policies/',
  'packages/intelligence/src/analyze.ts',
  'packages/intelligence/src/answers/',
  'packages/intelligence/src/codes/',
  'packages/intelligence/src/document/',
  'packages/intelligence/src/facts/',
  'packages/intelligence/src/lexicon/',
  'packages/intelligence/src/modifiers/',
  'packages/intelligence/src/policy/criterion.ts',
  'packages/intelligence/src/requirement/',
  'packages/intelligence/test/',
  'packages/labelled-cases/',
  'tools/evaluate/',
]

/** The screen for clinicians, who say "visit". Its sentences and labels may; its identifiers may not. */
const screenText: readonly string[] = ['apps/dashboard/src/']
const visitInSentence =
  /(?<!\b(?:as|await|const|in|let|new|of|return|typeof) )(?<=[A-Za-z] |\n +|['">])[Vv]isits?(?=[ ,'"<])(?! [=:?])/g

/** A gap between two words: also `_`, `-`, or a line break with the mark of a comment, a quote or a list. */
const gap = String.raw`(?:[ _-]+|[ ]*\n[ \t]*(?:\*|//|>)?[ ]*)`
const matchers = bannedWords.map((word) => ({
  ...word,
  expression: new RegExp(`(?<![a-z])(?:${word.pattern.replaceAll(/ (?!\?)/g, gap)})(?![a-z])`, 'g'),
}))

/** `giveBackDelayMs` becomes `give back delay ms`; lines stay as they are. */
const splitIdentifiers = (text: string) =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()

export interface Finding {
  readonly file: string
  /** 0: in the file's name. */
  readonly line: number
  readonly found: string
  readonly instead: string
}

/** The banned words in a file's content and in its name. */
export function findBannedWords(file: string, content: string): Finding[] {
  const allowsClinical = clinicalText.some((prefix) => file.startsWith(prefix))
  const checked = isUnder(file, screenText) ? content.replaceAll(visitInSentence, '') : content
  const findings: Finding[] = []
  for (const { expression, instead, isClinical } of matchers) {
    if (isClinical && allowsClinical) continue
    for (const [found] of splitIdentifiers(file).matchAll(expression)) {
      findings.push({ file, line: 0, found, instead })
    }
    const text = splitIdentifiers(checked)
    for (const match of text.matchAll(expression)) {
      const line = text.slice(0, match.index).split('\n').length
      findings.push({ file, line, found: match[0].replaceAll(/\s+/g, ' '), instead })
    }
  }
  return findings.toSorted((a, b) => a.line - b.line)
}

const isUnder = (file: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => file.startsWith(prefix))
