/** The mark of Minutebook: a bound book with its margin line. */
import { html } from 'hono/html';

const shapes = html`<path fill="#1f4e6b" d="M5 3h20a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H5z"/>
<path fill="#fbfaf6" d="M8 6h17v20H8z"/>
<path fill="none" stroke="#b2493a" stroke-width="1.5" d="M12.5 6v20"/>
<path fill="none" stroke="#1f4e6b" stroke-width="1.5" d="M15 11h7M15 15h7M15 19h4"/>`;

export const icon = html`<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">${shapes}</svg>`;

const file = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${shapes}</svg>`;

export const iconAddress = `data:image/svg+xml,${encodeURIComponent(String(file))}`;
