import { expect, it } from 'vitest'
import { systemClock } from '../../clock.ts'
import { createLog } from '../../log.ts'
import type { PayerFormVersion } from '../../store/payer-forms.ts'
import { generalTemplate } from '../templates/general-template.ts'
import type { ExamineAnswers, ExamineTask } from './examine-task.ts'
import { StoredForms } from './stored-forms.ts'

/** Forms that are all out of use, and what was read and examined of them. */
async function outOfUse() {
  const template = await generalTemplate()
  const examined: string[] = []
  let fault: string | undefined
  const stored = new StoredForms({
    rows: {
      inUse: () => Promise.resolve([]),
      version: ({ formId, version }: PayerFormVersion) =>
        Promise.resolve({
          formId,
          version,
          practiceId: 'p1',
          name: formId,
          pdf: new Uint8Array(),
          map: { formId },
          payers: [],
          codes: [],
        }),
    },
    examiner: {
      examine<Task extends ExamineTask>(task: Task) {
        if (task.examine === 'check') examined.push((task.map as { formId: string }).formId)
        const answer: ExamineAnswers['check'] =
          fault === undefined ? { template, warnings: [] } : { faults: [fault], warnings: [] }
        // Nothing but checks is asked here.
        return Promise.resolve(answer as ExamineAnswers[Task['examine']])
      },
    },
    clock: systemClock,
    log: createLog({ level: 'silent', pretty: false }),
  })
  stored.start()
  return {
    stored,
    examined,
    fail: (why: string | undefined) => {
      fault = why
    },
  }
}

it('examines a version that is out of use once, however often its orders are opened', async () => {
  const { stored, examined } = await outOfUse()

  await Promise.all([1, 2, 3].map(() => stored.exactly({ formId: 'old', version: 1 })))
  await stored.exactly({ formId: 'old', version: 1 })
  await stored.exactly({ formId: 'old', version: 2 })

  expect(examined).toEqual(['old', 'old'])
  await stored.stop()
})

it('keeps few of them: the one that was asked for longest ago is examined again', async () => {
  const { stored, examined } = await outOfUse()
  const ask = (formId: string) => stored.exactly({ formId, version: 1 })

  for (let index = 0; index < 16; index += 1) await ask(`form ${index}`)
  await ask('form 0')
  await ask('one more')
  examined.length = 0
  await ask('form 0')
  await ask('form 1')

  expect(examined).toEqual(['form 1'])
  await stored.stop()
})

it('examines one that could not be used again, because the reason may have passed', async () => {
  const { stored, fail } = await outOfUse()
  const ask = () => stored.exactly({ formId: 'old', version: 1 })

  fail('it takes too long to read')
  await expect(ask()).rejects.toThrow('cannot be used: it takes too long to read')
  fail(undefined)

  expect((await ask()).payerForm).toEqual({ formId: 'old', version: 1 })
  await stored.stop()
})
