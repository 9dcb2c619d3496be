import { beforeEach, describe, expect, it } from 'vitest'
import { EhrLink, type Surroundings } from './ehr-link.ts'

const ehr = 'https://ehr.example'
const frame = { hosts: [ehr], practiceId: '195900', patientId: 'a-195900.E-5' }

let hear: Parameters<Surroundings['listen']>[0]
let sent: { readonly message: unknown; readonly targetOrigin: string }[]
let time: number
let kept: string | null
const parent = {
  postMessage: (message: unknown, targetOrigin: string) =>
    void sent.push({ message, targetOrigin }),
}

function aLink(changes: Partial<Surroundings> = {}): EhrLink {
  return new EhrLink({
    parent,
    parentOrigin: ehr,
    listen(listener) {
      hear = listener
      return () => {
        hear = () => undefined
      }
    },
    now: () => time,
    kept: {
      read: () => kept,
      write: (text) => void (kept = text),
    },
    isReload: false,
    ...changes,
  })
}
const says = (updatedPatient: unknown, from: object = {}) =>
  hear({
    source: parent,
    origin: ehr,
    data: { event: 'patientContextChanged', updatedPatient },
    ...from,
  })

beforeEach(() => {
  sent = []
  time = 1_000_000
  kept = null
})

describe('what the EHR shows', () => {
  it('is the patient of the launch until it says otherwise', () => {
    const link = aLink()
    link.start(frame)
    expect(link.state().shownPatient).toBe('a-195900.E-5')

    says('7')

    expect(link.state().shownPatient).toBe('a-195900.E-7')
  })

  it('stays the last patient while it shows no chart', () => {
    const link = aLink()
    link.start(frame)
    says('7')

    says(undefined)

    expect(link.state().shownPatient).toBe('a-195900.E-7')
  })

  it.each([
    ['another window', { source: {} }],
    ['no window', { source: null }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ])('is not what %s says', (_what, from) => {
    const link = aLink()
    link.start(frame)

    says('7', from)

    expect(link.state().shownPatient).toBe('a-195900.E-5')
  })

  it('ends what a person chose, when it changes; not when it is said again', () => {
    const link = aLink()
    link.start(frame)
    says('7')
    link.choose('order-1')
    says('7')
    expect(link.state().chosenOrder).toBe('order-1')

    says('8')

    expect(link.state().chosenOrder).toBeUndefined()
  })

  it('is remembered when the frame is loaded again, and not when the EHR opens it again', () => {
    aLink().start(frame)
    says('7')

    const reloaded = aLink({ isReload: true })
    reloaded.start(frame)
    const opened = aLink()
    opened.start(frame)

    expect(reloaded.state().shownPatient).toBe('a-195900.E-7')
    expect(opened.state().shownPatient).toBe('a-195900.E-5')
  })

  it('is not heard after the end', () => {
    const link = aLink()
    link.start(frame)()

    says('7')

    expect(link.state().frame).toBeUndefined()
  })
})

describe('what is sent', () => {
  it('has the form that athenahealth documents, and goes to its origin only', () => {
    const link = aLink()
    link.start(frame)

    link.send('appResize')
    link.send('appPopout')

    expect(sent).toEqual([
      {
        message: {
          type: 'embeddedAppAPIMessage',
          method: 'appResize',
          methodVersion: '1.0.0',
          newWidth: '1000',
        },
        targetOrigin: ehr,
      },
      {
        message: { type: 'embeddedAppAPIMessage', method: 'appPopout', methodVersion: '1.0.0' },
        targetOrigin: ehr,
      },
    ])
  })

  it('is each method once in ten seconds, and the link says how long it waits', () => {
    const link = aLink()
    link.start(frame)
    link.send('appPopout')

    time += 4000
    link.send('appPopout')
    expect(link.waitMs('appPopout')).toBe(6000)
    expect(sent).toHaveLength(1)
    time += 6000
    link.send('appPopout')

    expect(sent).toHaveLength(2)
  })

  it('waits also after the frame was opened again', () => {
    const first = aLink()
    first.start(frame)
    first.send('notifyPatientDataChange')

    const second = aLink()
    second.start(frame)
    second.send('notifyPatientDataChange')

    expect(second.waitMs('notifyPatientDataChange')).toBe(10_000)
    expect(sent).toHaveLength(1)
  })

  it('ignores what is kept and cannot be read', () => {
    for (kept of ['', 'x', '[]', '{"sentAt":{"appPopout":"x"},"shownPatient":5}']) {
      const link = aLink({ isReload: true })
      link.start(frame)
      expect(link.waitMs('appPopout')).toBe(0)
      expect(link.state().shownPatient).toBe('a-195900.E-5')
    }
  })
})

describe('to whom it is sent', () => {
  const targetOf = (link: EhrLink) => {
    link.send('appPopout')
    return sent[0]?.targetOrigin
  }

  it('is nobody before it begins', () => {
    expect(targetOf(aLink())).toBeUndefined()
  })

  it('is nobody if the page around is at an origin that is not configured', () => {
    const link = aLink({ parentOrigin: 'https://evil.example' })
    link.start(frame)

    expect(link.state().canSend).toBe(false)
    expect(targetOf(link)).toBeUndefined()
  })

  it('is the one configured origin where the browser does not name the page around', () => {
    const link = aLink({ parentOrigin: undefined })
    link.start(frame)

    expect(targetOf(link)).toBe(ehr)
  })

  it.each([
    ['several are configured', [ehr, 'https://other.example']],
    ['a whole domain is configured', ['https://*.example', 'https://*.other.example']],
    ['only a domain is configured', ['https://*.example']],
  ])('is the origin that was heard, where %s', (_what, hosts) => {
    const link = aLink({ parentOrigin: undefined })
    link.start({ ...frame, hosts })
    expect(link.state().canSend).toBe(false)

    says('5', { origin: ehr })

    expect(link.state().canSend).toBe(true)
    expect(targetOf(link)).toBe(ehr)
  })
})
