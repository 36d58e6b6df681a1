"""The proxy of docs/install/nginx.conf, on loopback, with a certificate made for it."""
import os
import re
import shutil
import socket
import subprocess
import time

from harness import ROOT, free_port

HOST = "equality.example.org"
FRAME = """daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log info;
events {{ worker_connections 2048; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def program():
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")


class Proxy:
    """`with Proxy(folder, [port, …]) as proxy`: nginx before the servers at those ports."""

    def __init__(self, folder, ports):
        self.folder = os.path.join(folder, "nginx")
        os.mkdir(self.folder)
        self.http, self.https = free_port(), free_port()
        self.authority = os.path.join(self.folder, "certificate.pem")
        key = os.path.join(self.folder, "key.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", key,
                        "-out", self.authority], check=True, capture_output=True)
        with open(os.path.join(ROOT, "docs/install/nginx.conf"), encoding="utf-8") as file:
            site = file.read()
        servers = "\n".join(f"    server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;" for port in ports)
        for before, after in [
                (r"^    server 127\.0\.0\.1:8080 .*;$", servers), (r"listen 80;", f"listen 127.0.0.1:{self.http};"),
                (r"listen 443 ", f"listen 127.0.0.1:{self.https} "),
                (r"/etc/ssl/certs/[^;]*", self.authority), (r"/etc/ssl/private/[^;]*", key)]:
            site, count = re.subn(before, after, site, flags=re.M)
            assert count == 1, before
        for name, text in (("site.conf", site), ("nginx.conf", FRAME.format(folder=self.folder))):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)

    def __enter__(self):
        self.process = subprocess.Popen([program(), "-p", self.folder, "-c", os.path.join(self.folder, "nginx.conf")],
                                        stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.https)) == 0:
                    return self
            time.sleep(0.05)
        raise RuntimeError("nginx did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
