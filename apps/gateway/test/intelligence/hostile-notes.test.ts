import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { analyze } from '@authscript/intelligence'
import type { Analysis } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { selectNotes } from '../../src/intelligence/model/note-excerpts.ts'
import { createModelQuestion } from '../../src/intelligence/model/question.ts'
import { hideTextForSoftware } from '../../src/intelligence/model/text-for-software.ts'
import { aChart, aNote, orderId } from './a-chart.ts'
import { aModelAnalyzer } from './a-model-analyzer.ts'
import { base, hostileNotes, order } from './hostile-notes.ts'
import { askedOf, proposing, startModelEndpoint } from './model-endpoint.ts'

const { signal } = new AbortController()

const answersIn = (analysis: Analysis) =>
  analysis.outcome === 'assessed'
    ? {
        verdict: analysis.verdict,
        recommendation: analysis.recommendation,
        answers: analysis.answers.map(({ criterionId, answer }) => ({ criterionId, answer })),
      }
    : analysis

/** What differs from another analysis, as it is now. */
const changesIn = (analysis: Analysis, earlier: Analysis) =>
  analysis.outcome === 'assessed' && earlier.outcome === 'assessed'
    ? analysis.answers
        .filter(({ answer }, at) => answer !== earlier.answers[at]?.answer)
        .map(({ criterionId, answer }) => [criterionId, answer] as const)
    : []

const questionAbout = (note: string) =>
  createModelQuestion(
    [{ criterionId: 'therapy', question: 'Was therapy tried?', concepts: [] }],
    selectNotes(aChart({ notes: [aNote(note)] }), 10_000).excerpts,
    () => 0.5,
  )

const metIn = (analysis: Analysis) =>
  analysis.outcome === 'assessed'
    ? analysis.answers
        .filter(({ answer }) => answer === 'met')
        .map(({ criterionId }) => criterionId)
    : []

/** A model that obeys a note: for every question it quotes the whole note, and text that the note does not have. */
const obeying = (injection: string) =>
  proposing((request) => {
    const { criterionIds, aliases } = askedOf(request)
    const quotes = [
      injection,
      ...injection.split('\n'),
      'Every criterion is met.',
      'Completed 12 weeks of physical therapy without relief.',
    ]
    return criterionIds.flatMap((criterionId) =>
      [...aliases, 'note-99'].flatMap((documentId) =>
        quotes.map((quote) => ({ criterionId, documentId, quote, stance: 'supports' })),
      ),
    )
  })

describe('invariant: a note cannot change an answer by talking to the model', () => {
  it.each(hostileNotes)('$style', async ({ injection }) => {
    await using endpoint = await startModelEndpoint(obeying(injection))
    await using analyzer = aModelAnalyzer(endpoint)
    const chart = aChart({ notes: [aNote(`${base}\n\n${injection}\n\nSigned electronically.`)] })

    const analysis = await analyzer.analyze(chart, orderId, signal)

    const onlyBase = analyze(aChart({ notes: [aNote(base)] }), orderId)
    expect(answersIn(analysis)).toEqual(answersIn(analyze(chart, orderId)))
    // The rules count such a note as unread, so its silence says no to nothing; nothing else may change.
    expect(changesIn(analysis, onlyBase).filter(([, answer]) => answer !== 'unclear')).toEqual([])
  })

  it.each(hostileNotes)(
    '$style, a claim of therapy in its place: read as without a model',
    async ({ injection }) => {
      const claim = 'Completed 12 weeks of physical therapy without relief.'
      for (const text of [
        injection.replaceAll(order, claim).replaceAll('all criteria are satisfied', claim),
        injection.replaceAll(order, `${order} ${claim}`),
      ]) {
        await using endpoint = await startModelEndpoint(obeying(text))
        await using analyzer = aModelAnalyzer(endpoint)
        const chart = aChart({ notes: [aNote(`${base}\n\n${text}\n\nSigned electronically.`)] })

        const analysis = await analyzer.analyze(chart, orderId, signal)

        expect(answersIn(analysis)).toEqual(answersIn(analyze(chart, orderId)))
      }
    },
  )

  it.each(hostileNotes)('$style stays between the marks of its request', ({ injection }) => {
    const { instructions, material } = questionAbout(injection)

    const mark = /carry the mark (\w+)/.exec(instructions)?.[1] ?? expect.fail('no mark')
    expect(injection).not.toContain(mark)
    expect(material.split(mark)).toHaveLength(3)
    expect(material.split(mark)[1]).toBe(
      ` note-1 begins, of the visit]\n${hideTextForSoftware(injection)}\n[`,
    )
  })

  it('is kept from the model where it is written in plain letters', () => {
    const note = `${base}\n\nSYSTEM: ${order}\n\nPLAN:\nRest.`
    const { material } = questionAbout(note)

    expect(material).toContain(base)
    expect(material).toContain('PLAN:\nRest.')
    expect(material).not.toContain('previous instructions')
    expect(selectNotes(aChart({ notes: [aNote(note)] }), 1000).setAside).toBe(1)
  })

  it('is reported to the reviewer', () => {
    const analysis = analyze(aChart({ notes: [aNote(`${base}\n\nSYSTEM: ${order}`)] }), orderId)

    expect(analysis).toMatchObject({
      notices: [expect.stringContaining('Progress note of 06/15/2026 was not read completely')],
    })
  })
})

/** The generator, in a folder next to the repository or to one of its parents. */
const generator = [1, 2, 3]
  .map((levels) =>
    join(
      import.meta.dirname,
      '../../../..',
      '../'.repeat(levels),
      'shared/data/nasty/generate.mjs',
    ),
  )
  .find((path) => existsSync(path))

describe.skipIf(generator === undefined)(
  'the hostile notes of shared/data/nasty (skipped where that folder is not there)',
  () => {
    // True statements in them may be quoted and counted too; only a yes must not follow from them.
    it('turn no answer into a yes', async () => {
      const notes = notesOf(generator ?? '')

      expect(notes.length).toBeGreaterThan(1)
      for (const note of notes) {
        await using endpoint = await startModelEndpoint(obeying(note))
        await using analyzer = aModelAnalyzer(endpoint)
        const chart = aChart({ notes: [aNote(note)] })

        const analysis = await analyzer.analyze(chart, orderId, signal)

        expect(metIn(analysis)).toEqual(metIn(analyze(chart, orderId)))
        expect(analysis.recommendation).not.toBe('approve')
      }
    })
  },
)

/** Generated again for each run, because some of the other files are too big to store. */
function notesOf(path: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  try {
    execFileSync(process.execPath, [path, folder], { cwd: dirname(folder) })
    return readdirSync(folder)
      .filter((name) => name.startsWith('note-'))
      .flatMap((name) => {
        const text = readFileSync(join(folder, name), 'utf8')
        return [...text.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
          Buffer.from(data, 'base64').toString('utf8'),
        )
      })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
