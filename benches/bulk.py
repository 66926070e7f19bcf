"""A bulk job of prices beside quotes: how much memory the server takes, and what the quotes notice of it.

python3 benches/bulk.py PROGRAM ROWS [postgres://…]   # the database must be empty; without one it is a file

Prints the 50th and 99th percentile of the quotes without and beside the job, rows a second, and the largest size of the server: of its own, and resident.
"""

import http.client
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, ROWS = sys.argv[1], int(sys.argv[2])
PASSWORD = "correct horse battery"
PRODUCTS = 2_000
CONNECTIONS = 4
PAUSE_S = 0.02


class Portal:
    def __init__(self, database):
        self.folder = tempfile.mkdtemp(prefix="bulk.")
        self.where = ["--data-dir", self.folder] + (["--database-url", database] if database else [])

    def run(self, *arguments, say=""):
        done = subprocess.run([PROGRAM, *arguments, *self.where], input=say.encode(), capture_output=True)
        if done.returncode:
            sys.exit(done.stderr.decode() + done.stdout.decode())

    def fill(self):
        files = os.path.join(self.folder, "files")
        os.mkdir(files)
        texts = {
            "supplier": ["name,country,currency", "Bench,NL,EUR"],
            "tax_rates": ["country,category,rate", "NL,S,21"],
            "accounts": ["account,name,country,currency,tier,payment_terms_days,credit_limit", "ACME,Acme,NL,EUR,gold,30,", "OTHER,Other,NL,EUR,gold,30,"],
            "products": ["sku,name,base_unit,decimals,tax_category"] + [f"P-{n:06},Part {n},H87,0,S" for n in range(PRODUCTS)],
            "price_lists": ["price_list,name,currency,kind,account", "BASE,Base,EUR,base,", "BULK,Bulk,EUR,account,OTHER"],
            "prices": ["price_list,sku,unit,min_quantity,price"] + [f"BASE,P-{n:06},H87,0,{n + 1}" for n in range(PRODUCTS)],
        }
        for name, lines in texts.items():
            with open(os.path.join(files, name + ".csv"), "w") as file:
                file.write("\n".join(lines) + "\n")
        self.run("migrate")
        self.run("import", files)
        self.run("user", "add", "--email", "buyer@acme.example", "--account", "ACME", "--role", "buyer", "--password-stdin", say=PASSWORD)
        self.run("user", "add", "--email", "admin@bench.example", "--staff-role", "admin", "--password-stdin", say=PASSWORD)

    def serve(self):
        self.server = subprocess.Popen(
            [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--rate-limit", "0", *self.where], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        line = self.server.stdout.readline().decode()
        self.address = line.split("//", 1)[1].split()[0].strip("/")

    def connect(self):
        return http.client.HTTPConnection(self.address, timeout=1_800)

    def ask(self, method, path, token=None, body=None, kind="application/json", **headers):
        connection = self.connect()
        headers = {"Content-Type": kind, **headers}
        if token:
            headers["Authorization"] = "Bearer " + token
        connection.request(method, "/api/v1" + path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            sys.exit(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text)

    def sign_in(self, email):
        return self.ask("POST", "/auth/login", body=json.dumps({"email": email, "password": PASSWORD}))["access_token"]

    def memory_mb(self):
        """Resident megabytes of its own, and with what it maps of files, which the system keeps once for all and takes back."""
        with open(f"/proc/{self.server.pid}/status") as status:
            sizes = dict(line.split(":", 1) for line in status if line.startswith(("VmRSS", "RssAnon")))
        return [int(sizes[name].split()[0]) // 1024 for name in ("RssAnon", "VmRSS")]


def quotes(portal, token, is_over):
    """Milliseconds of quotes of ten lines, from some connections, until `is_over`."""
    lines = [{"sku": f"P-{n:06}", "unit": "H87", "quantity": "5"} for n in range(10)]
    body = json.dumps({"lines": lines})
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    took = []

    def ask():
        connection = portal.connect()
        while not is_over():
            began = time.monotonic()
            connection.request("POST", "/api/v1/prices/quote", body, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
            took.append((time.monotonic() - began) * 1_000)
            time.sleep(PAUSE_S)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return [took[int(len(took) * share)] for share in (0.5, 0.99)]


def row(n):
    return {"price_list": "BULK", "sku": f"P-{n % PRODUCTS:06}", "unit": "H87", "min_quantity": n // PRODUCTS, "price": f"{n % 977 + 1}.25"}


def rows():
    """The body, a thousand lines at a time."""
    for first in range(0, ROWS, 1_000):
        lines = (json.dumps(row(n)) + "\n" for n in range(first, min(first + 1_000, ROWS)))
        yield "".join(lines).encode()


def main():
    portal = Portal(sys.argv[3] if len(sys.argv) > 3 else None)
    portal.fill()
    portal.serve()
    try:
        admin, buyer = portal.sign_in("admin@bench.example"), portal.sign_in("buyer@acme.example")
        begun = time.monotonic()
        alone = quotes(portal, buyer, lambda: time.monotonic() - begun > 10)
        print(f"quotes alone            p50 {alone[0]:.1f} ms  p99 {alone[1]:.1f} ms, memory {portal.memory_mb()} MB")
        # In a process of its own: making the rows must not hold up whoever takes the time.
        done, (mine, theirs) = multiprocessing.Event(), multiprocessing.Pipe()
        asking = multiprocessing.Process(target=lambda: theirs.send(quotes(portal, buyer, done.is_set)))
        asking.start()
        begun = time.monotonic()
        headers = {"Idempotency-Key": "bench"}
        job = portal.ask("POST", "/supplier/bulk/prices", admin, rows(), "application/x-ndjson", **headers)
        print(f"taken in after {time.monotonic() - begun:.1f} s, memory {portal.memory_mb()} MB")
        most = portal.memory_mb()
        while job["state"] in ("queued", "running"):
            time.sleep(0.5)
            most = [max(pair) for pair in zip(most, portal.memory_mb())]
            job = portal.ask("GET", f"/supplier/bulk-jobs/{job['id']}", admin)
        took = time.monotonic() - begun
        done.set()
        beside = mine.recv()
        asking.join()
        print(f"{job['state']}: {job['accepted']} accepted, {job['rejected']} rejected in {took:.1f} s, {ROWS / took:.0f} rows/s")
        print(f"quotes beside the job   p50 {beside[0]:.1f} ms  p99 {beside[1]:.1f} ms, {beside[1] / alone[1]:.2f} x")
        print(f"memory at most {most} MB")
    finally:
        portal.server.terminate()
        portal.server.wait()


main()
