import { defaultPractice, scenarioEncounters } from '../scenarios/scenarios.ts'
import { countChoices, faultChoices, requestChoices } from './fault-choices.ts'
import { type Html, html } from './html.ts'
import type { ActiveFault, EncounterRow, PageState, RecentRequest } from './page-state.ts'

/** The whole page. It works without its script, which only keeps what is marked `data-live` up to date. */
export function pageMarkup(state: PageState, said: string | undefined): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sandbox EHR</title>
<link rel="stylesheet" href="/control/page.css">
<script type="module" src="/control/page.js"></script>
</head>
<body>
<header>
<h1>Sandbox EHR</h1>
<p>An EHR with invented patients, for trying the gateway out. Sign an encounter here, as its clinician would: its order shows in the
gateway's work queue seconds later.</p>
</header>
<main>
<p id="said" role="status" tabindex="-1">${said}</p>
<section aria-labelledby="one-more">
<h2 id="one-more">Sign one more encounter</h2>
<form method="post" action="/control/page/create">
<label for="scenario">A new patient, as in</label>
<select id="scenario" name="scenario">
${scenarioEncounters
  .filter(({ practiceId }) => practiceId === defaultPractice)
  .map(
    ({ encounterId, scenario, expectation }) =>
      html`<option value="${encounterId}">${sentence(scenario)} (${expectation})</option>\n`,
  )}</select>
<button>Create and sign</button>
</form>
</section>
<section aria-labelledby="encounters">
<h2 id="encounters">Encounters</h2>
<div id="live-encounters" data-live>${encountersMarkup(state.encounters(), state.hasApp)}</div>
</section>
<section aria-labelledby="faults">
<h2 id="faults">Faults</h2>
<form method="post" action="/control/page/faults">
<fieldset>
<legend>What goes wrong</legend>
<div class="choices">
${Object.entries(faultChoices).map(
  ([id, choice], index) =>
    html`<label class="choice"><input type="radio" name="fault" value="${id}" required ${index === 0 ? html`checked` : undefined}>
<span><strong>${choice.name}</strong> ${choice.sentence}</span></label>\n`,
)}</div>
</fieldset>
<div class="row">
<div><label for="request">Which requests</label>
<select id="request" name="request">${options(requestChoices)}</select></div>
<div><label for="count">How many</label>
<select id="count" name="count">${Object.entries(countChoices)
    .toSorted(([one], [other]) => Number(one === '0') - Number(other === '0'))
    .map(([value, name]) => html`<option value="${value}">${name}</option>`)}</select></div>
<button>Give this fault</button>
</div>
</form>
<div id="live-faults" data-live>${faultsMarkup(state.faults())}</div>
</section>
<section aria-labelledby="requests">
<h2 id="requests">The latest requests</h2>
<div id="live-requests" data-live>${requestsMarkup(state.requests())}</div>
</section>
</main>
</body>
</html>
`
}

function encountersMarkup(
  { rows, total }: ReturnType<PageState['encounters']>,
  hasApp: boolean,
): Html {
  if (rows.length === 0) return html`<p>There are no encounters.</p>`
  return html`${total > rows.length ? html`<p>The newest ${rows.length} of ${total}.</p>` : undefined}
<ul class="list">
${rows.map(
  (row) => html`<li data-encounter="${row.encounterId}">
<div><strong>${row.patient ?? row.patientId}</strong> <span class="state ${row.isSigned ? 'signed' : 'open'}">${stateOf(row)}</span>
${row.scenario === undefined ? undefined : html`<br>${sentence(row.scenario)}. Expected: ${row.expectation}.`}
<br><span class="minor">${row.encounterId}, practice ${row.practiceId}</span>${
    hasApp
      ? html`<br><a href="/control/charts/${row.encounterId}" target="_blank" rel="noopener">Open AuthScript for this encounter</a>`
      : undefined
  }</div>
<form method="post" action="/control/page/${row.isSigned ? 'reopen' : 'sign'}">
<input type="hidden" name="encounter" value="${row.encounterId}">
<button id="act-${row.encounterId}" aria-label="${row.isSigned ? 'Re-open' : 'Sign'} the encounter of ${row.patient ?? row.patientId}">${row.isSigned ? 'Re-open' : 'Sign'}</button>
</form></li>\n`,
)}</ul>`
}

function faultsMarkup(faults: readonly ActiveFault[]): Html {
  if (faults.length === 0) return html`<p>No fault is given. Requests are answered correctly.</p>`
  return html`<ul class="list">
${faults.map(
  ({ faultId, name, sentence, resourceType = '', left, appliedCount }) => html`<li>
<div><strong>${name}</strong> ${sentence}<br><span class="minor">For ${requestChoices[resourceType] ?? resourceType}; given ${times(appliedCount)}, ${left === undefined ? 'until it is cleared' : `${times(left)} more`}.</span></div>
<form method="post" action="/control/page/clear">
<input type="hidden" name="fault" value="${faultId}">
<button id="clear-${faultId}" aria-label="Clear the fault: ${name}">Clear</button>
</form></li>\n`,
)}</ul>
<form method="post" action="/control/page/clear"><button id="clear-all">Clear all faults</button></form>`
}

function requestsMarkup(requests: readonly RecentRequest[]): Html {
  if (requests.length === 0) return html`<p>No client has sent a request yet.</p>`
  return html`<table>
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Request</th><th scope="col">Answer</th></tr></thead>
<tbody>
${requests.map(
  ({ at, what, status, faultName, count }) =>
    html`<tr><td>${new Date(at).toISOString().slice(11, 19)}</td><td>${what}${count === 1 ? undefined : ` × ${count}`}</td>
<td>${status === 0 ? 'none' : status}${faultName === undefined ? undefined : html` <span class="state fault">${faultName}</span>`}</td></tr>\n`,
)}</tbody>
</table>`
}

const options = (choices: Readonly<Record<string, string>>) =>
  Object.entries(choices).map(([value, name]) => html`<option value="${value}">${name}</option>`)

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

function stateOf({ isSigned, status }: EncounterRow): string {
  if (isSigned) return 'Signed'
  return status === 'in-progress' ? 'Open' : (status ?? 'No status')
}
