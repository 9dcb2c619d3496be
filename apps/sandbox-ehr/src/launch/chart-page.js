// athenaOne's side of the messages with an app in its frame, as strict as its guide "Embedded Apps" says.
const pauseMs = 10_000
const widths = new Set(['100', '200', '400', '600', '800', '1000'])
const methods = {
  notifyPatientDataChange: readAgain,
  appMinimize: () => section.classList.add('minimized'),
  appReopen: () => section.classList.remove('minimized'),
  appClose: () => frame.remove(),
  appResize: ({ newWidth }) => section.style.setProperty('flex', `0 0 ${newWidth}px`),
  appPopout: () =>
    window.open(`${location.pathname}?only=app`, 'app', 'popup,width=1000,height=800'),
}

const frame = document.querySelector('iframe')
const section = document.querySelector('.app')
const messages = document.getElementById('messages')
const origins = frame.dataset.origins.split(' ')
const lastAt = new Map()

window.addEventListener('message', ({ source, origin, data }) => {
  if (source !== frame.contentWindow) return
  const fault = faultOf(origin, data)
  note(fault === undefined ? 'done' : 'refused', data, fault)
  if (fault !== undefined) return
  lastAt.set(data.method, performance.now())
  methods[data.method](data)
})

function faultOf(origin, data) {
  if (!origins.includes(origin)) return `the origin ${origin} is not the app's`
  if (typeof data !== 'object' || data === null) return 'no object'
  const { type, method, methodVersion, newWidth, ...others } = data
  if (type !== 'embeddedAppAPIMessage') return 'another type'
  if (typeof method !== 'string' || !Object.hasOwn(methods, method)) return 'unknown method'
  if (methodVersion !== '1.0.0') return 'unknown methodVersion'
  if (method === 'appResize' ? !widths.has(newWidth) : newWidth !== undefined)
    return 'newWidth is none of the widths'
  if (Object.keys(others).length > 0) return `unknown members: ${Object.keys(others).join(', ')}`
  const last = lastAt.get(method)
  if (last !== undefined && performance.now() - last < pauseMs) return 'once in 10 seconds only'
  return undefined
}

function note(outcome, data, fault) {
  const line = document.createElement('li')
  line.dataset.outcome = outcome
  const method = typeof data?.method === 'string' ? data.method : 'something'
  const width = data?.newWidth === undefined ? '' : ` ${data.newWidth}`
  line.textContent = `${method}${width}: ${fault ?? 'done'}`
  messages.append(line)
}

async function readAgain() {
  const part = document.getElementById('documents')
  const answer = await fetch(`${location.pathname}/documents`)
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  part.replaceChildren(...fresh.body.childNodes)
  part.dataset.reads = String(Number(part.dataset.reads) + 1)
}

function tellApp(updatedPatient) {
  frame.contentWindow?.postMessage({ event: 'patientContextChanged', updatedPatient }, origins[0])
}

const form = document.getElementById('context')
form.addEventListener('submit', (event) => {
  event.preventDefault()
  const { patient } = form.elements
  document.getElementById('patient').textContent = patient.selectedOptions[0].textContent
  tellApp(patient.value)
})
document.getElementById('no-chart').addEventListener('click', () => {
  document.getElementById('patient').textContent = 'No chart'
  tellApp(undefined)
})
