using Mono.Cecil;

namespace Platform.Tests.Architecture;

/// <summary>The house as it stands: its folders, its sources, and its compiled assemblies.</summary>
internal static class House
{
    private static readonly Lazy<string> FoundRoot = new(FindRoot);

    public static string Root => FoundRoot.Value;

    public static AssemblyDefinition Domain { get; } = Read("Platform.Domain");

    public static AssemblyDefinition GraphQL { get; } = Read("Platform.GraphQL");

    public static AssemblyDefinition Intelligence { get; } = Read("Platform.Intelligence");

    public static AssemblyDefinition Api { get; } = Read("Platform.Api");

    public static IReadOnlyList<AssemblyDefinition> All { get; } = [Domain, GraphQL, Intelligence, Api];

    /// <summary>Types of an assembly, nested ones included.</summary>
    public static IEnumerable<TypeDefinition> TypesOf(AssemblyDefinition assembly) =>
        assembly.MainModule.Types.SelectMany(WithNested);

    /// <summary>C# sources below a folder, without what the compiler made.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal)
                && !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/node_modules/", StringComparison.Ordinal));

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    /// <summary>Platform.Domain.Stock.Posting is Stock; the kernel is Kernel.</summary>
    public static string? CapabilityOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        var parts = type.Namespace.Split('.');
        return parts is ["Platform", "Domain", var capability, ..] ? capability : null;
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) =>
        type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static AssemblyDefinition Read(string name)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        return AssemblyDefinition.ReadAssembly(
            Path.Combine(AppContext.BaseDirectory, name + ".dll"), new ReaderParameters { AssemblyResolver = resolver });
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}
