import type { Span } from '../../document/note-document.ts'
import type { Finding } from '../fact.ts'
import { placeOf } from './places.ts'
import { sourceOf, type UnitScope } from './unit-scope.ts'

/** Words that are a result, so the test was not left undone. */
const result =
  /^\W*(?:is |was |were |came back )?(?:neg|negative|nonreactive|non-reactive|\(-\)|not detected|clear|\W+)\W*$|exclud|ruled out/i

/** "Never had a TB test", "hepatitis B serology was not done": a test that was not done has no negative result. */
export function undoneTests(scope: UnitScope): readonly Finding[] {
  const { parsed, lexicon } = scope
  return parsed.mentions.flatMap((mention) => {
    const concept = lexicon.get(mention.conceptId)
    const outcome = concept?.values?.normal.asserts
    const said = parsed.assertions.get(mention)
    if (outcome === undefined || said === undefined) return []
    const isJudged = parsed.mentions.some(
      (one) => one.start === mention.start && (one.isJudged === true || one.isAnswered === true),
    )
    const isUndone =
      said.subject === 'patient' &&
      (said.status === 'denied' ||
        (said.phase === 'not_done' && said.status === 'affirmed') ||
        (said.status === 'unsettled' && said.cues.some((cue) => isLeftUndone(scope, cue))))
    if (isJudged || !isUndone || said.cues.some(({ start, end }) => isResult(scope, start, end)))
      return []
    const place = placeOf(mention, parsed.places, parsed.around, lexicon, true)
    return [
      {
        kind: 'finding',
        conceptId: outcome,
        assertion: { ...said, status: 'denied' },
        sites: lexicon.get(outcome)?.sites ?? [],
        from: sourceOf(scope, mention, place.spans),
      },
    ]
  })
}

const leftUndone =
  /\bnot (?:yet )?(?:done|performed|obtained|ordered|drawn|checked|sent|completed)\b/i

/** "TB screening: not done" */
function isLeftUndone({ document }: UnitScope, { start, end }: Span): boolean {
  return leftUndone.test((document.text ?? document.source).slice(start, end))
}

function isResult({ document }: UnitScope, start: number, end: number): boolean {
  return result.test((document.text ?? document.source).slice(start, end))
}
