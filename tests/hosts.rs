//! What web hosts do with the files that are written for them: nginx, Apache and Caddy, started
//! here, and asked for every address; and the grammars of the hosts that cannot be.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

use plainsite::{
    Built, Date, Options, build,
    manifest::{Entry, Manifest},
    output::named_by_content,
    rule::Severity,
    send::verify,
};
use tempfile::TempDir;

use crate::small_site::site;

/// Old addresses with everything that an address can hold, as they are written in the list, and
/// as a browser asks for them.
#[rustfmt::skip] // a table reads better in lines
const HARD: &[(&str, &str)] = &[
    ("/old/", "/old/"),
    ("/old/deep/er/", "/old/deep/er/"),
    ("/news.html", "/news.html"),
    ("/Default.aspx", "/Default.aspx"),
    ("/old page/", "/old%20page/"),
    ("/old%20space/", "/old%20space/"),
    ("/two  spaces/", "/two%20%20spaces/"),
    ("/it's/", "/it's/"),
    ("/say%22hi%22/", "/say%22hi%22/"),
    ("/cost$1/", "/cost$1/"),
    ("/cost${uri}/", "/cost$%7Buri%7D/"),
    ("/%{HTTP_HOST}/", "/%25%7BHTTP_HOST%7D/"),
    ("/100%25/", "/100%25/"),
    ("/a+b/", "/a+b/"),
    ("/a.b.c/", "/a.b.c/"),
    ("/a*/", "/a*/"),
    ("/a(b)/", "/a(b)/"),
    ("/a[b]/", "/a%5Bb%5D/"),
    ("/a{2}/", "/a%7B2%7D/"),
    ("/a|b/", "/a%7Cb/"),
    ("/a^b/", "/a%5Eb/"),
    ("/a~b/", "/a~b/"),
    ("/~user/", "/~user/"),
    ("/a!b/", "/a!b/"),
    ("/a@b/", "/a@b/"),
    ("/a:b/", "/a:b/"),
    ("/:name/", "/:name/"),
    ("/a;b/", "/a;b/"),
    ("/a,b/", "/a,b/"),
    ("/a=b/", "/a=b/"),
    ("/a&b/", "/a&b/"),
    ("/a%26b/c/", "/a%26b/c/"),
    ("/a%23b/", "/a%23b/"),
    ("/a`b/", "/a%60b/"),
    ("/caffè/", "/caff%C3%A8/"),
    ("/gofal%20c%C3%A2n/", "/gofal%20c%C3%A2n/"),
    ("/日本/", "/%E6%97%A5%E6%9C%AC/"),
    ("/dŵr/", "/d%C5%B5r/"),
    ("/😀/", "/%F0%9F%98%80/"),
    ("/default/", "/default/"),
    ("/hostnames/", "/hostnames/"),
    ("/include/", "/include/"),
    ("/301/", "/301/"),
    ("/-/", "/-/"),
    ("/--/", "/--/"),
    ("/_private/", "/_private/"),
    ("/.hidden/", "/.hidden/"),
    ("/a<b/", "/a%3Cb/"),
    ("/a>b/", "/a%3Eb/"),
    ("/con/", "/con/"),
    ("/dot./", "/dot./"),
    ("/back%5Cslash/", "/back%5Cslash/"),
    ("/page.aspx?id=3", "/page.aspx?id=3"),
    ("/page.aspx?id=4&name=a%20b", "/page.aspx?id=4&name=a%20b"),
    ("/page.aspx", "/page.aspx?id=9"),
    ("/?p=12", "/?p=12"),
    ("/index.php?q=a.b+c$", "/index.php?q=a.b+c$"),
    ("/index.php?q=%22x%22", "/index.php?q=%22x%22"),
    ("/a-very-long-old-address-from-a-system-that-put-the-whole-title-of-each-page-into-it-and-never-stopped/", "/a-very-long-old-address-from-a-system-that-put-the-whole-title-of-each-page-into-it-and-never-stopped/"),
];

/// Where some of them lead: what an address can hold, on the other side. All others lead to
/// `/records/`.
#[rustfmt::skip] // a table reads better in lines
const TARGETS: &[(&str, &str, &str)] = &[
    ("/to-part/", "/records/#keep", "{base}records/#keep"),
    ("/to-file/", "/form.pdf", "{base}form.pdf"),
    ("/chain/", "/old/", "{base}records/"),
];

const TODAY: &str = "2026-11-28";

/// A site with all of them.
fn files(settings: &str) -> Vec<(String, String)> {
    let page = |title: &str, more: &str, words: &str| {
        format!("---\ntitle: {title}\n{more}---\n\n{words}\n")
    };
    let quoted = |text: &str| {
        let quote = if text.contains('"') { '\'' } else { '"' };
        format!("{quote}{text}{quote}")
    };
    let mut redirects: String =
        HARD.iter().map(|(from, _)| format!("{}: /records/\n", quoted(from))).collect();
    for (from, to, _) in TARGETS {
        redirects += &format!("{}: {}\n", quoted(from), quoted(to));
    }
    let words = "## Keep {#keep}\n\nKeep each receipt. [The form](form.pdf) and \
                 [a card](card.vcf), [a day](day.ics), [a list](list.csv), [words](words.txt).";
    [
        ("site.toml", settings.to_owned()),
        ("content/index.md", page("Home", "", "[Records](records.md)")),
        ("content/index.cy.md", page("Hafan", "", "[Cofnodion](/records/)")),
        ("content/records.md", page("Records", "short: records\n", words)),
        ("content/form.pdf", "%PDF-1.4 made up\n".into()),
        ("content/card.vcf", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Team é\r\nEND:VCARD\r\n".into()),
        ("content/day.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
        ("content/list.csv", "a,é\n".into()),
        ("content/words.txt", "é\n".into()),
        ("content/_data/redirects.yaml", redirects),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into()
}

fn settings(base: &str, hosts: &str) -> String {
    format!(
        "title = \"Guide\"\nbase = \"{base}\"\nlanguages = [\"en\", \"cy\"]\nhosts = [{hosts}]\n"
    )
}

fn built_with(settings: &str) -> Built {
    let files = files(settings);
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let today = Date::parse(TODAY).expect("a day");
    let options = Options { today, staff: false, portable: false };
    let built = build(site(&files).path(), options).expect("it builds");
    let errors: Vec<_> =
        built.findings.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    built
}

const ALL: &str =
    "\"nginx\", \"apache\", \"netlify\", \"caddy\", \"s3\", \"azure\", \"iis\", \"plain\"";

/// The site with the settings of all hosts, at the top of its host and below it.
fn built(base: &str) -> &'static Built {
    static SITES: [OnceLock<Built>; 2] = [OnceLock::new(), OnceLock::new()];
    let site = &SITES[usize::from(base != "/")];
    site.get_or_init(|| built_with(&settings(&format!("https://guide.example{base}"), ALL)))
}

fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes.as_slice()).expect("text")
}

/// A web host that runs until it is dropped.
struct Server {
    program: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // By its number alone, so that nothing else of that name ends with it.
        let id = self.program.id().to_string();
        let _ = Command::new("kill").arg(&id).status();
        let _ = self.program.wait();
    }
}

/// What a web host says.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, Vec<String>>,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let all = self.headers.get(name).map_or(&[][..], Vec::as_slice);
        assert!(all.len() < 2, "{name} is sent twice: {all:?}");
        all.first().map_or("", String::as_str)
    }
}

impl Server {
    fn ask(&self, path: &str, more: &str) -> Answer {
        self.try_ask(path, more).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    fn try_ask(&self, path: &str, more: &str) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: guide.example\r\nConnection: close\r\n{more}\r\n"
        );
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let mut answer =
            Answer { status: status.unwrap_or(0), body: body.to_owned(), ..Answer::default() };
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            answer.headers.entry(name.to_lowercase()).or_default().push(value.to_owned());
        }
        Ok(answer)
    }
}

fn program(name: &str, package: &str) -> PathBuf {
    let places = std::env::var("PATH").unwrap_or_default();
    let places = places.split(':').chain(["/usr/sbin", "/usr/local/sbin"]).map(PathBuf::from);
    let found = places.map(|place| place.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("there is no {name}: apt-get install {package}"))
}

/// Starts a web host with the site in a folder, by the settings that `write` makes of the
/// folder of its own, the published folder and a port.
fn start(
    built: &Built,
    base: &str,
    program: &Path,
    write: impl Fn(&Path, &Path, u16) -> (Vec<String>, String, String),
) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("www");
    let public = root.join(base.trim_matches('/'));
    for (path, bytes) in &built.files {
        let path = public.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes.as_slice()).expect("a file");
    }
    // A program that runs as somebody else reads it too.
    let open = Command::new("chmod").args(["-R", "a+rX"]).arg(folder.path()).status();
    assert!(open.is_ok_and(|status| status.success()));
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("a port").port();
    drop(free);
    let own = folder.path().join("own");
    fs::create_dir_all(&own).expect("a folder");
    let (arguments, name, settings) = write(&own, &public, port);
    fs::write(own.join(name), settings).expect("a file");
    let log = fs::File::create(own.join("log")).expect("a file");
    let child = Command::new(program)
        .args(arguments)
        .env("HOME", &own)
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("it starts");
    let mut server = Server { program: child, port, folder };
    for _ in 0..200 {
        if server.try_ask(base, "").is_ok_and(|answer| answer.status > 0) {
            return server;
        }
        let has_ended = server.program.try_wait().expect("it can be asked").is_some();
        if has_ended {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    let said = fs::read_to_string(server.folder.path().join("own/log")).unwrap_or_default();
    panic!("{} does not answer: {said}", program.display());
}

/// The folder of the host, which is above that of a site below its root.
fn top(base: &str, public: &Path) -> String {
    let folder = if base == "/" { public } else { public.parent().expect("a folder above") };
    folder.display().to_string()
}

/// What the README says to write for a host, with the folder of a site here.
fn printed(language: &str, public: &Path) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("the README");
    let (_, block) = readme.split_once(&format!("```{language}\n")).expect("the settings");
    let block = block.split("```").next().expect("they end");
    block.replace("/var/www/guide", &public.display().to_string())
}

fn nginx(base: &str) -> Server {
    start(built(base), base, &program("nginx", "nginx-light"), |own, public, port| {
        let own = own.display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("  {name}_temp_path {own}/{name};\n"))
            .concat();
        let root = format!("root {}", top(base, public));
        let site = printed("nginx", public)
            .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
            .replace(&format!("root {}", public.display()), &root);
        let settings = format!(
            "daemon off;\nmaster_process off;\npid {own}/pid;\nerror_log stderr;\nevents {{}}\n\
             http {{\n  access_log off;\n{temporary}{site}}}\n"
        );
        let arguments =
            ["-e", "stderr", "-p", &own.to_string(), "-c", &format!("{own}/nginx.conf")]
                .map(str::to_owned);
        (arguments.into(), "nginx.conf".into(), settings)
    })
}

/// The modules of Apache that the tests load: those that Debian has on, and the two that the
/// README asks for.
#[rustfmt::skip] // a list of words reads better in lines
const MODULES: &[&str] = &[
    "mpm_event", "authz_core", "dir", "autoindex", "mime", "setenvif", "alias", "headers", "rewrite",
];

fn apache(base: &str) -> Server {
    let httpd = program("apache2", "apache2-bin");
    start(built(base), base, &httpd, |own, public, port| {
        let own = own.display();
        let module = |name: &&str| {
            format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")
        };
        let modules: String = MODULES.iter().map(module).collect();
        let root = format!("DocumentRoot {}", top(base, public));
        let site = printed("apache", public)
            .replace("*:80", &format!("127.0.0.1:{port}"))
            .replace(&format!("DocumentRoot {}", public.display()), &root);
        // As Debian has it, but for what the README says.
        let settings = format!(
            "ServerRoot {own}\nPidFile {own}/pid\nErrorLog {own}/log\nServerName guide.example\n\
             {modules}Listen 127.0.0.1:{port}\nUser www-data\nGroup www-data\n\
             TypesConfig /dev/null\nDirectoryIndex index.html\n<Directory />\n\
             Options Indexes FollowSymLinks\nAllowOverride None\nRequire all denied\n</Directory>\n{site}"
        );
        let arguments = ["-X", "-f", &format!("{own}/apache.conf")].map(str::to_owned);
        (arguments.into(), "apache.conf".into(), settings)
    })
}

fn caddy(base: &str) -> Server {
    start(built(base), base, &program("caddy", "caddy"), |own, public, port| {
        let root = format!("root * {}", top(base, public));
        let site = printed("caddy", public)
            .replace("guide.example.org {", &format!("http://:{port} {{\n    bind 127.0.0.1"))
            .replace(&format!("root * {}", public.display()), &root);
        let settings = format!("{{\n    admin off\n    auto_https off\n}}\n{site}");
        let path = own.join("Caddyfile").display().to_string();
        let arguments = ["run", "--adapter", "caddyfile", "--config", &path].map(str::to_owned);
        (arguments.into(), "Caddyfile".into(), settings)
    })
}

/// Where an address leads, from the root of the host.
fn location(answer: &Answer) -> String {
    let to = answer.header("location");
    to.strip_prefix("http://guide.example").unwrap_or(to).to_owned()
}

/// Asks a host for every old address; gives those that lead elsewhere than they should.
fn wrong_ways(server: &Server, base: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ask = |from: &str, status: u16, to: &str| {
        let answer = server.ask(&format!("{base}{}", &from[1..]), "");
        let found = (answer.status, location(&answer));
        if found != (status, to.to_owned()) {
            wrong.push(format!("{from}: {found:?}, not {:?}", (status, to)));
        }
        // A wrong answer can be put right: nobody keeps it without asking.
        if status == 301 && answer.header("cache-control") != "no-cache" {
            wrong.push(format!("{from}: {:?}", answer.header("cache-control")));
        }
    };
    for (_, from) in HARD {
        ask(from, 301, &format!("{base}records/"));
    }
    for (from, _, to) in TARGETS {
        ask(from, 301, &to.replace("{base}", base));
    }
    ask("/old", 301, &format!("{base}records/"));
    ask("/go/records/", 302, &format!("{base}records/"));
    ask("/go/records", 302, &format!("{base}records/"));
    wrong
}

/// What is not there must stay so: no rule leads on from more than its own address.
const NOWHERE: &[&str] = &[
    "/older/",
    "/old/other/",
    "/aXb/",
    "/aaa/",
    "/page_aspx",
    "/go/",
    "/a2/",
    "/newsXhtml",
    "/assets/",
];

/// Asks a host for everything else.
fn wrong_answers(server: &Server, base: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let built = built(base);
    let mut same = |what: String, found: &str, wanted: &str| {
        if found != wanted {
            wrong.push(format!("{what}: {found:?}, not {wanted:?}"));
        }
    };
    let at = |path: &str| format!("{base}{path}");
    let home = server.ask(base, "");
    same("home".into(), &home.status.to_string(), "200");
    same(
        "home, type".into(),
        &home.header("content-type").to_lowercase(),
        "text/html; charset=utf-8",
    );
    same("home, language".into(), home.header("content-language"), "en");
    same("home, cache".into(), home.header("cache-control"), "no-cache");
    same("referrer".into(), home.header("referrer-policy"), "no-referrer");
    same("sniffing".into(), home.header("x-content-type-options"), "nosniff");
    same("hsts".into(), home.header("strict-transport-security"), "");
    let policy = home.header("content-security-policy");
    same(
        format!("frames: {policy}"),
        &policy.ends_with("; frame-ancestors 'none'").to_string(),
        "true",
    );
    same(format!("inline: {policy}"), &policy.contains("unsafe").to_string(), "false");
    let features = home.header("permissions-policy");
    same(format!("features: {features}"), &features.contains("camera=(), ").to_string(), "true");
    let tag = home.header("etag");
    same("has a tag".into(), &tag.is_empty().to_string(), "false");
    let again = server.ask(base, &format!("If-None-Match: {tag}\r\n"));
    same("asked again".into(), &again.status.to_string(), "304");
    let welsh = server.ask(&at("cy/"), "");
    same("Welsh".into(), welsh.header("content-language"), "cy");

    for path in built.files.keys().filter(|path| named_by_content(path).is_some()) {
        let kept = server.ask(&at(path), "");
        let wanted = "public, max-age=31536000, immutable";
        same(format!("{path}, cache"), kept.header("cache-control"), wanted);
        same(format!("{path}, language"), kept.header("content-language"), "");
    }
    let gone = server.ask(&at("assets/style.00000000.css"), "");
    same("no style".into(), &gone.status.to_string(), "404");
    same("no style, cache".into(), gone.header("cache-control"), "no-cache");

    for (path, wanted) in [
        ("form.pdf", "application/pdf"),
        ("card.vcf", "text/vcard; charset=utf-8"),
        ("day.ics", "text/calendar; charset=utf-8"),
        ("list.csv", "text/csv; charset=utf-8"),
        ("words.txt", "text/plain; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("search/index.json", "application/json"),
        ("search/search.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = server.ask(&at(path), "");
        same(path.into(), &answer.status.to_string(), "200");
        same(path.into(), &answer.header("content-type").to_lowercase(), wanted);
        same(path.into(), answer.header("x-content-type-options"), "nosniff");
    }
    for path in NOWHERE {
        let answer = server.ask(&at(&path[1..]), "");
        same((*path).into(), &answer.status.to_string(), "404");
        same((*path).into(), &answer.body.contains("<html lang=\"en\"").to_string(), "true");
        same((*path).into(), answer.header("x-content-type-options"), "nosniff");
        same((*path).into(), answer.header("content-language"), "en");
    }
    let lost = server.ask(&at("cy/dim-yma/"), "");
    same("Welsh, lost".into(), &lost.status.to_string(), "404");
    same("Welsh, lost".into(), &lost.body.contains("<html lang=\"cy\"").to_string(), "true");
    same("Welsh, lost".into(), lost.header("content-language"), "cy");
    for path in [
        "_hosts/nginx/http.conf",
        "_hosts/caddy/Caddyfile",
        ".htaccess",
        "_redirects",
        "_headers",
        "web.config",
        "staticwebapp.config.json",
    ] {
        let answer = server.ask(&at(path), "");
        let is_shown = answer.status == 200 || answer.body.contains("Written by Plainsite");
        same(format!("{path}, {}", answer.status), &is_shown.to_string(), "false");
    }
    wrong
}

fn all_is_right(server: &Server, base: &str) {
    let mut wrong = wrong_ways(server, base);
    wrong.extend(wrong_answers(server, base));
    // Where it leads on in the place of a page, the page is there all the same.
    let files = built(base).files.iter();
    let files = files.map(|(path, bytes)| (path.clone(), Entry::of(bytes.as_slice()))).collect();
    let manifest = Manifest { files, ..Manifest::default() };
    let own = server.folder.path().join("own");
    fs::write(own.join(".plainsite"), manifest.text()).expect("a file");
    let address = format!("http://127.0.0.1:{}{base}", server.port);
    let verified = verify::address(&address, Some(&own)).expect("a host");
    assert!(verified.files > 50, "{verified:?}");
    wrong.extend(verified.different.iter().map(|(path, how)| format!("{path} {how}")));
    let log = fs::read_to_string(server.folder.path().join("own/log")).unwrap_or_default();
    assert!(wrong.is_empty(), "{}\n\nIts log:\n{log}", wrong.join("\n"));
}

#[test]
fn nginx_leads_on_from_every_old_address_and_sends_every_header() {
    for base in ["/", "/guide/"] {
        all_is_right(&nginx(base), base);
    }
}

#[test]
fn apache_leads_on_from_every_old_address_and_sends_every_header() {
    for base in ["/", "/guide/"] {
        all_is_right(&apache(base), base);
    }
}

#[test]
fn caddy_leads_on_from_every_old_address_and_sends_every_header() {
    for base in ["/", "/guide/"] {
        all_is_right(&caddy(base), base);
    }
}

/// Every redirect of the site as a line of `_redirects` says it.
fn lines_of_redirects(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().collect()).collect()
}

/// Whether nothing in an address stands for something else, or ends it early.
fn is_plain_address(address: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%!&()+,;=@?#:[]".contains(&byte);
    let has_name = address.split('/').any(|part| part.starts_with(':') && part.len() > 1);
    let port = |text: &str| text.split_once("://").map(|(_, rest)| rest.to_owned());
    let inner = port(address).unwrap_or_else(|| address.to_owned());
    address.bytes().all(legal) && !has_name && !inner.contains(":na") && !address.contains('*')
}

#[test]
fn the_redirects_of_netlify_and_cloudflare_are_lines_of_two_addresses_and_an_answer() {
    let netlify = built("/");
    let settings = settings("https://guide.example/", "\"nginx\", \"cloudflare\"");
    let cloudflare = built_with(&settings);
    for (built, force, first) in [(netlify, "!", "/_hosts/*"), (&cloudflare, "", "")] {
        let text = text(built, "_redirects");
        let mut lines = lines_of_redirects(text);
        if !first.is_empty() {
            assert_eq!(lines.remove(0), ["/_hosts/*", "/404.html", "404!"]);
            assert_eq!(lines.pop().expect("a line"), ["/cy/*", "/cy/404.html", "404"]);
        }
        let mut froms: Vec<&str> = Vec::new();
        for line in &lines {
            let (from, rest) = line.split_first().expect("words");
            let (answer, rest) = rest.split_last().expect("an answer");
            let (to, query) = rest.split_last().expect("an address");
            assert!(from.starts_with('/') && is_plain_address(from), "{line:?}");
            assert!(is_plain_address(to), "{line:?}");
            let wanted = if from.starts_with("/go/") { "302" } else { "301" };
            assert_eq!(*answer, format!("{wanted}{force}"), "{line:?}");
            assert!(query.is_empty() || !force.is_empty(), "Cloudflare reads no query: {line:?}");
            assert!(query.iter().all(|pair| pair.contains('=')), "{line:?}");
            if query.is_empty() {
                froms.push(from);
            }
        }
        let all = froms.len();
        froms.sort_unstable();
        froms.dedup();
        assert_eq!(froms.len(), all, "no address twice");
        let asked = HARD.iter().filter(|(from, _)| from.contains('?')).count();
        // And the short link.
        assert_eq!(all, HARD.len() - asked + TARGETS.len() + 1);
        assert!(froms.contains(&"/%3Aname/") && froms.contains(&"/a%2A/"), "{froms:?}");
    }
    let netlify = text(netlify, "_redirects");
    assert!(netlify.contains("/page.aspx id=4 name=a%20b /records/ 301!\n"), "{netlify}");
}

#[test]
fn the_headers_of_netlify_and_cloudflare_are_paths_with_names_and_values() {
    let text = text(built("/"), "_headers");
    let mut under: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut path = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            None => {
                assert!(line.starts_with('/') && line.matches('*').count() < 2, "{line}");
                path = line;
            }
            Some(header) => {
                assert!(line.len() < 2000, "Cloudflare reads 2000 characters: {line}");
                let (name, value) = header.split_once(": ").expect("a name and a value");
                assert!(under.entry(path).or_default().insert(name, value).is_none(), "{line}");
            }
        }
    }
    for path in built("/").files.keys().filter(|path| named_by_content(path).is_some()) {
        let above = |(to, _): &(&&str, _)| format!("/{path}").starts_with(to.trim_end_matches('*'));
        let mut told = under.iter().filter(above).filter_map(|(_, all)| all.get("Cache-Control"));
        assert_eq!(told.next(), Some(&"public, max-age=31536000, immutable"), "{path}");
        assert_eq!(told.next(), None, "{path}");
    }
    assert_eq!(under["/cy/*"]["Content-Language"], "cy");
    assert_eq!(under["/*.vcf"]["Content-Type"], "text/vcard; charset=utf-8");
    // A header that two rules give would be joined.
    assert!(!under["/*"].contains_key("Cache-Control"), "{text}");
    assert!(under["/*"]["Content-Security-Policy"].ends_with("frame-ancestors 'none'"), "{text}");
}

#[test]
fn what_one_file_cannot_say_to_two_hosts_is_said_in_it() {
    let both =
        built_with(&settings("https://guide.example/", "\"netlify\", \"cloudflare\", \"nginx\""));
    let text = text(&both, "_redirects");
    assert!(text.contains("With `netlify` alone in `hosts` it answers 301."), "{text}");
    assert!(text.contains("\n/old/ /records/ 301\n") && !text.contains('!'), "{text}");
}

#[test]
fn the_settings_of_azure_are_json_of_20_kb_at_most() {
    let old = |count: usize| -> String {
        (0..count).map(|number| format!("/old-address-{number}/: /records/\n")).collect()
    };
    for (count, fits) in [(50, true), (2000, false)] {
        let mut files = files(&settings("https://guide.example/", "\"azure\", \"nginx\""));
        files.retain(|(path, _)| !path.ends_with("redirects.yaml"));
        files.push(("content/_data/redirects.yaml".into(), old(count)));
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let today = Date::parse(TODAY).expect("a day");
        let options = Options { today, staff: false, portable: false };
        let built = build(site(&files).path(), options).expect("it builds");
        let text = text(&built, "staticwebapp.config.json");
        assert!(text.len() <= 20_000, "{}", text.len());
        let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let routes = value["routes"].as_array().expect("a list");
        let redirects = routes.iter().filter(|route| route["redirect"].is_string()).count();
        // With the short link.
        assert_eq!(redirects == count + 1, fits, "{redirects}");
        for route in routes {
            let address = route["route"].as_str().expect("an address");
            assert!(address.starts_with('/') && !address.trim_end_matches('*').contains('*'));
            let known = ["route", "redirect", "statusCode", "headers"];
            assert!(route.as_object().expect("a table").keys().all(|key| known.contains(&&**key)));
        }
        for path in built.files.keys().filter(|path| named_by_content(path).is_some()) {
            let route = routes.iter().find(|route| {
                let to = route["route"].as_str().unwrap_or_default();
                to.ends_with('*') && format!("/{path}").starts_with(to.trim_end_matches('*'))
            });
            let kept = route.map(|route| &route["headers"]["Cache-Control"]);
            assert_eq!(
                kept.and_then(|it| it.as_str()),
                Some("public, max-age=31536000, immutable")
            );
        }
        assert_eq!(value["responseOverrides"]["404"]["rewrite"], "/404.html");
        assert_eq!(value["globalHeaders"]["X-Content-Type-Options"], "nosniff");
        assert_eq!(value["mimeTypes"][".vcf"], "text/vcard; charset=utf-8");
        let said = built.findings.iter().find(|found| found.message.contains("Azure"));
        assert_eq!(said.is_none(), fits, "what was left out is told");
        if let Some(said) = said {
            assert!(
                said.message.contains(&format!("{redirects} of {}", count + 1)),
                "{}",
                said.message
            );
            assert_eq!((&*said.file, said.severity), ("site.toml", Severity::Warning));
        }
    }
}

#[test]
fn the_rules_of_s3_lead_on_from_one_address_each_and_are_50_at_most() {
    let built = built("/");
    let json = |path: &str| -> serde_json::Value {
        serde_json::from_str(text(built, path)).expect("JSON")
    };
    let website = json("_hosts/s3/website.json");
    let rules = website["RoutingRules"].as_array().expect("a list");
    assert_eq!(rules.len(), 50);
    assert_eq!(website["ErrorDocument"]["Key"], "404.html");
    let objects = json("_hosts/s3/redirects.json");
    let objects = objects.as_object().expect("a table");
    for rule in rules {
        let prefix = rule["Condition"]["KeyPrefixEquals"].as_str().expect("a key");
        let own = format!("{prefix}index.html");
        let below = built.files.keys().filter(|path| path.starts_with(prefix));
        assert!(below.clone().all(|path| *path == own || path == prefix), "{prefix}");
        assert!(!objects.contains_key(&own), "{prefix} is there twice");
        assert_eq!(rule["Redirect"]["HttpRedirectCode"], "301");
    }
    // Below it there is another.
    assert_eq!(objects["old/index.html"], "/records/");
    let policy = json("_hosts/s3/cloudfront.json");
    let frames = policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        .as_str()
        .expect("a policy");
    assert!(frames.ends_with("frame-ancestors 'none'"), "{frames}");
    assert!(policy["SecurityHeadersConfig"].get("StrictTransportSecurity").is_none());
    assert!(built.findings.iter().any(|found| found.message.contains("a bucket of S3 takes 50")));
}

#[test]
fn the_settings_of_iis_are_xml_in_which_no_key_is_twice() {
    let text = text(built("/"), "web.config");
    let document = roxmltree::Document::parse(text).expect("XML");
    let server =
        document.root_element().children().find(|node| node.has_tag_name("system.webServer"));
    let server = server.expect("the settings");
    // Source: IIS, IIS_schema.xml and rewrite_schema.xml: the sections that there are.
    let known =
        ["rewrite", "defaultDocument", "httpErrors", "security", "staticContent", "httpProtocol"];
    for section in server.children().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&section.tag_name().name()), "{section:?}");
    }
    let mut keys = 0;
    for map in document.descendants().filter(|node| node.has_tag_name("rewriteMap")) {
        let mut seen = std::collections::BTreeSet::new();
        for add in map.children().filter(|node| node.has_tag_name("add")) {
            let key = add.attribute("key").expect("a key").to_lowercase();
            assert!(add.attribute("value").is_some_and(|value| !value.is_empty()));
            assert!(seen.insert(key.clone()), "{key} is there twice, and IIS answers 500 to all");
            keys += 1;
        }
    }
    assert!(keys > HARD.len(), "{keys}");
    let find = |map: &str, key: &str| {
        let map = document.descendants().find(|node| node.attribute("name") == Some(map));
        let mut adds = map.into_iter().flat_map(|map| map.children());
        adds.find(|add| add.attribute("key") == Some(key))
            .and_then(|add| add.attribute("value"))
            .map(str::to_owned)
    };
    assert_eq!(find("moved", "/say\"hi\"/").as_deref(), Some("/records/"));
    assert_eq!(find("moved", "/a<b/").as_deref(), Some("/records/"));
    assert_eq!(find("asked", "/page.aspx?id=3").as_deref(), Some("/records/"));
    assert_eq!(find("short", "/go/records/").as_deref(), Some("/records/"));
}

#[test]
fn old_addresses_that_are_one_on_some_disks_are_refused_with_both_places() {
    let page = |also: &str| format!("---\ntitle: Records\nalso at: [{also}]\n---\n\nKeep them.\n");
    let said = |one: &str, other: &str| {
        let files = [
            crate::small_site::HOME,
            ("content/records.md", &*page(one)),
            ("content/claims.md", &*page(other).replace("Records", "Claims")),
        ];
        let built = crate::small_site::built(&files);
        let about = built.findings.iter().filter(|found| found.code() == "duplicate-address");
        about.map(|found| format!("{}: {}", found.file, found.message)).collect::<Vec<_>>()
    };
    for (one, other) in [
        ("/Returns/", "/returns/"),
        ("/caf\u{e9}/", "/cafe\u{301}/"),
        ("/caf%C3%A9/", "/cafe%CC%81/"),
        ("/old/x/", "/OLD/y/"),
    ] {
        let said = said(one, other);
        assert!(!said.is_empty(), "{one} {other}");
        for line in &said {
            let both = line.contains("content/records.md") && line.contains("content/claims.md");
            assert!(both, "{line}");
        }
    }
    // The address of a page is taken too.
    let page = said("/Claims/", "/elsewhere/");
    assert_eq!(page.len(), 1, "{page:?}");
    assert!(page[0].contains("content/claims.md"), "{page:?}");
    assert!(said("/returns/", "/claim/").is_empty());
}

#[test]
fn without_a_host_that_reads_settings_there_are_none() {
    let settings = settings("https://guide.example/", "\"plain\"");
    let mut files = files(&settings);
    files.retain(|(path, _)| !path.ends_with("redirects.yaml"));
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let today = Date::parse(TODAY).expect("a day");
    let built = build(site(&files).path(), Options { today, staff: false, portable: false });
    let built = built.expect("it builds");
    for path in built.files.keys() {
        assert!(!path.starts_with(['_', '.']) && !path.contains("config"), "{path}");
    }
}
