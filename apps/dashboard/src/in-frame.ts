/** Whether an EHR shows this page in a frame. Nobody can sign in there but by opening it from the chart: other cookies are not kept. */
export const isInFrame: boolean = window.self !== window.top
