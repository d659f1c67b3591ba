/** A browser's share of an HTTP conversation in tests: it keeps cookies by path and does not follow redirects by itself. */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export class CookieJar {
  #cookies: Cookie[] = [];

  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = this.#cookies
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = { accept: 'text/html', ...(init.headers as Record<string, string> | undefined), cookie };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  /** Sends a form as a page of the same origin would. */
  post(url: string | URL, fields: Record<string, string>): Promise<Response> {
    const headers = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' };
    return this.fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Follows redirects within the origin that gave the answer; returns the first address outside it. */
  async follow(answer: Response): Promise<URL> {
    const origin = new URL(answer.url).origin;
    let current = answer;
    for (let hops = 0; hops < 10; hops++) {
      const location = current.headers.get('location');
      if (location === null) throw new Error(`${current.url} answered ${current.status} instead of redirecting`);
      const target = new URL(location, current.url);
      if (target.origin !== origin) return target;
      current = await this.fetch(target);
    }
    throw new Error('too many redirects');
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map(part => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    const path = attributes.find(attribute => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const expires = attributes.find(attribute => /^expires=/i.test(attribute))?.slice(8);
    this.#cookies = this.#cookies.filter(cookie => cookie.name !== name || cookie.path !== path);
    if (value && !(expires && Date.parse(expires) <= Date.now())) this.#cookies.push({ name, value, path });
  }
}
