import { type Html, html } from '../page/html.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import type { ClientDocuments } from '../fhir/client-documents.ts'
import { patientIdOf } from '../fhir/resource-store.ts'
import { patientNameOf } from './sign-ins.ts'

/** The patient's number, by which athenaOne names them to an app. */
const numberOf = (patientId: string) => /\.E-(\d+)$/.exec(patientId)?.[1] ?? patientId

/**
 * What the page of a chart has besides where apps get messages: charts of other patients, which are shown without launching the app again, and
 * what the app sends. `chart-page.js` works on it.
 *
 * @see https://docs.athenahealth.com/api/guides/embedded-apps
 */
export function messagesMarkup(
  { store, practiceId, patientId }: { store: ResourceStore; practiceId: string; patientId: string },
  documents: Html,
): Html {
  const patients = store.ofType(practiceId, 'Patient').map(({ id }) => id)
  return html`<div id="documents" data-reads="1">${documents}</div>
<h2>Go to another chart</h2>
<p>The app stays open and is notified (Relaunch on Context Change: no).</p>
<form id="context">
<label>Patient <select name="patient">${patients.map(
    (id) =>
      html`<option value="${numberOf(id)}"${id === patientId ? html` selected` : ''}>${patientNameOf(store, practiceId, id)}</option>`,
  )}</select></label>
<button>Show this chart</button> <button type="button" id="no-chart">Show no chart</button>
</form>
<h2>Messages of the app</h2>
<ol id="messages" aria-live="polite"></ol>`
}

/** The documents that apps and programs have added to a patient's chart. */
export function documentsMarkup(documents: ClientDocuments, patientId: string): Html {
  const added = documents.list().filter((document) => patientIdOf(document) === patientId)
  if (added.length === 0) return html`<p>No document was added to this chart.</p>`
  return html`<p>Documents that were added to this chart: ${String(added.length)}</p>`
}
