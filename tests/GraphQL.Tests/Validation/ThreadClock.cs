using System.Runtime.InteropServices;

namespace Platform.Tests.GraphQL.Validation;

/// <summary>
/// The processor time of the calling thread: on a busy machine wall time says more about the neighbours than about the
/// code. Elsewhere than on Linux it is wall time after all.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static TimeSpan Now
    {
        get
        {
            if (!OperatingSystem.IsLinux() || GetTime(ThreadCpuTime, out var time) != 0)
            {
                return TimeSpan.FromTicks(System.Diagnostics.Stopwatch.GetTimestamp());
            }

            return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1e3);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
