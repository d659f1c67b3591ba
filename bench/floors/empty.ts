/** The floor of every function: it answers and does nothing. */
export const handler = async () => ({ statusCode: 200 });
