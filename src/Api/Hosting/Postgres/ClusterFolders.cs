using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Api.Hosting.Postgres;

/// <summary>
/// Where a private cluster lives: its data, its log, and a short folder for the socket (a socket's path has at most
/// 107 bytes). Run by root, the folders belong to <c>postgres</c>, since the server refuses to be root.
/// </summary>
internal sealed class ClusterFolders : IDisposable
{
    private const string ServerUser = "postgres";

    private const UnixFileMode Private =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string EphemeralRoot = Path.Combine("/tmp", $"platform-pg-{Environment.UserName}");

    private readonly string _home;
    private FileStream? _lock;

    private ClusterFolders(string home, string socket)
    {
        _home = home;
        Socket = socket;
    }

    public string Data => Path.Combine(_home, "data");

    public string Log => Path.Combine(_home, "server.log");

    public string Socket { get; }

    private string LockFile => _home + ".lock";

    /// <summary>The given folder, else the state folder of this user: never below /root, where the server's user cannot go.</summary>
    public static ClusterFolders Persistent(PostgresBinaries binaries, string? folder)
    {
        var home = Path.GetFullPath(Path.Combine(folder ?? StateFolder(), $"pg-{binaries.Major}"));
        var shortName = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..12];
        return new ClusterFolders(home, Path.Combine("/tmp", $"platform-{shortName}"));
    }

    public static ClusterFolders Ephemeral()
    {
        var home = Path.Combine(EphemeralRoot, Guid.CreateVersion7().ToString("N")[^12..]);
        return new ClusterFolders(home, Path.Combine(home, "s"));
    }

    /// <summary>Removes what killed test runs left behind: folders whose lock nobody holds any more.</summary>
    public static void SweepOrphans()
    {
        if (!Directory.Exists(EphemeralRoot))
        {
            return;
        }

        foreach (var home in Directory.GetDirectories(EphemeralRoot))
        {
            using var orphan = new ClusterFolders(home, Path.Combine(home, "s"));
            if (orphan.TryLock() && orphan.ServerProcessId() is null)
            {
                orphan.Remove();
            }
        }
    }

    /// <summary>Creates the folders and takes the lock that says "in use".</summary>
    public void Claim()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new MissingPrerequisiteException(
                "A private PostgreSQL needs a Unix system. Name a server in ConnectionStrings__Platform.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_home)!);
        if (!TryLock())
        {
            throw new MissingPrerequisiteException(
                $"Another process uses the database in {_home}. Stop it, or name another folder with --data.");
        }

        foreach (var folder in new[] { _home, Socket })
        {
            Directory.CreateDirectory(folder, Private);
        }

        if (Environment.IsPrivilegedProcess)
        {
            GiveToServer();
        }
    }

    public static ProcessStartInfo AsServerUser(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", UseShellExecute = false };
        if (Environment.IsPrivilegedProcess)
        {
            start.UserName = ServerUser;
        }

        return start;
    }

    public string LastLogLines() =>
        File.Exists(Log) ? string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(10)) : "(no log)";

    /// <summary>Only when this process claimed it: a refused second start must not touch the first one's door.</summary>
    public void RemoveSocket()
    {
        if (_lock is not null && Directory.Exists(Socket))
        {
            Directory.Delete(Socket, recursive: true);
        }
    }

    public void Remove()
    {
        foreach (var folder in new[] { Socket, _home })
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        File.Delete(LockFile);
    }

    public void Dispose() => _lock?.Dispose();

    public static string StateFolder()
    {
        if (Environment.IsPrivilegedProcess)
        {
            return "/var/lib/platform";
        }

        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        return Path.Combine(
            string.IsNullOrEmpty(state)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
                : state,
            "platform");
    }

    /// <summary>The server that works on this data now, be it one that its killed owner's guard is still stopping.</summary>
    public int? ServerProcessId()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        try
        {
            if (!File.Exists(file)
                || !int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }

            using var server = Process.GetProcessById(id);
            return server.ProcessName == "postgres" ? id : null; // After a restart of the machine the number may be anybody's.
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or InvalidOperationException)
        {
            return null; // Gone in this moment.
        }
    }

    private bool TryLock()
    {
        try
        {
            _lock ??= new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>.NET cannot change a folder's owner; the machine's own chown can.</summary>
    private void GiveToServer()
    {
        using var chown = Process.Start("chown", [$"{ServerUser}:", _home, Socket]);
        chown.WaitForExit();
        if (chown.ExitCode != 0)
        {
            throw new MissingPrerequisiteException(
                $"The user {ServerUser} does not exist; the package postgresql creates it: apt-get install postgresql");
        }
    }
}
