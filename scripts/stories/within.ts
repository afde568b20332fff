/** The outcome of `work`, or a failure if it takes longer than `milliseconds`. */
export async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const fail = () => {
      reject(new Error(`took longer than ${milliseconds / 1000} s`));
    };
    timer = setTimeout(fail, milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
