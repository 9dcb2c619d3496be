import type { ResourceStore } from '../fhir/resource-store.ts'
import { type Html, html } from '../page/html.ts'
import { type Authorization, patientNameOf } from './sign-ins.ts'
import { usersOf } from './users.ts'

/** More would make the page slow; folders of FHIR files have thousands. */
const maxEncounters = 200

/** A standalone launch: who signs in, and which chart the app opens if it asked for one. */
export function chooserMarkup(
  store: ResourceStore,
  { transaction, request }: Extract<Authorization, { kind: 'choose' }>,
): Html {
  const users = usersOf(store)
  const asksForChart =
    request.scopes.has('launch/patient') || request.scopes.has('launch/encounter')
  const encounters = [...store.all('Encounter')].toReversed().slice(0, maxEncounters)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in with the sandbox EHR</title>
<link rel="stylesheet" href="/control/page.css">
</head>
<body>
<header>
<h1>Sign in with the sandbox EHR</h1>
<p>The app ${request.client.clientId} wants to know who you are${asksForChart ? ' and which encounter to open' : ''}.</p>
</header>
<main>
<section>
<form method="post" action="/oauth2/v1/authorize/choose">
<input type="hidden" name="transaction" value="${transaction}">
<label for="user">You are</label>
<select id="user" name="user">
${users.map(
  ({ userId, name, practiceId }) =>
    html`<option value="${userId}">${name}, practice ${practiceId}</option>\n`,
)}</select>
${
  asksForChart
    ? html`<label for="encounter">Encounter, of the same practice</label>
<select id="encounter" name="encounter">
${encounters.flatMap(({ practiceId, patientId, id }) =>
  patientId === undefined
    ? []
    : [
        html`<option value="${id}">${patientNameOf(store, practiceId, patientId)}, ${id}</option>\n`,
      ],
)}</select>`
    : undefined
}
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="refuse">Refuse</button></p>
</form>
</section>
</main>
</body>
</html>
`
}
