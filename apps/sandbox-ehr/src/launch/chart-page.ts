import { type Html, html } from '../page/html.ts'
import type { OpenedApp } from './open-app.ts'

/** What athenaOne lets apps in a chart do. @see https://docs.athenahealth.com/api/guides/embedded-apps */
const sandbox =
  'allow-forms allow-modals allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts allow-downloads'

interface ChartContent {
  readonly encounterId: string
  readonly patient: string
  /** Of an EHR that sends apps messages. */
  readonly messages: Html | undefined
  /** The app has been moved to a window of its own. */
  readonly isOnlyApp: boolean
}

/** A chart as an EHR shows it, with an app in a frame beside it. */
export function chartMarkup(
  { url, origins, user, patientId, practiceId }: OpenedApp,
  { encounterId, patient, messages, isOnlyApp }: ChartContent,
): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chart – sandbox EHR</title>
<link rel="stylesheet" href="/control/chart.css">${
    messages === undefined
      ? ''
      : html`
<script type="module" src="/control/chart.js"></script>`
  }
</head>
<body${isOnlyApp ? html` class="only-app"` : ''}>
<header>
<div class="bar"><strong>Sandbox EHR</strong> <span>Practice ${practiceId}</span> <span class="who">${user.name}</span></div>
<div class="banner"><h1 id="patient">${patient}</h1> <span>${patientId}</span> <span>Encounter ${encounterId}</span></div>
</header>
<main>
<section class="chart" aria-labelledby="chart"><h2 id="chart">Encounter</h2>
<p>The chart of the invented patient. Apps open beside it.</p>
${messages ?? ''}
<p><a href="/control">Back to the list of encounters</a></p></section>
<section class="app" aria-label="App">
<iframe title="AuthScript" src="${url}" data-origins="${origins.join(' ')}" sandbox="${sandbox}"></iframe>
</section>
</main>
</body>
</html>
`
}

export function noAppMarkup(): Html {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>No app – sandbox EHR</title><link rel="stylesheet" href="/control/page.css"></head>
<body><main><section><h1>No app can be opened</h1>
<p>Either there is no such encounter, or no app is registered. npm start registers AuthScript; another gateway is registered with
PUT /control/clients/sandbox-client/app and the body {"launchUrl": "https://…/launch", "redirectUris": ["https://…/launch/callback"]}.</p>
<p><a href="/control">Back to the list of encounters</a></p></section></main></body>
</html>
`
}
