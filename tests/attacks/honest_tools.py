# Not an attack: what honest programs use must work.
import asyncio
import concurrent.futures
import decimal
import random
import tempfile
import threading

total = []
threads = [threading.Thread(target=total.append, args=(i,)) for i in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()


async def later(value):
    await asyncio.sleep(0.001)
    return value


async def gather():
    return sum(await asyncio.gather(*[later(i) for i in range(5)]))


with concurrent.futures.ThreadPoolExecutor() as pool:
    squares = sum(pool.map(lambda x: x * x, range(5)))
with tempfile.TemporaryFile("w+") as file:
    file.write("text")
    file.seek(0)
    text = file.read()
random.random()
print(len(total), asyncio.run(gather()), squares, text, decimal.Decimal("0.1"))
